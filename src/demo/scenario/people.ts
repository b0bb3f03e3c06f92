/** An employee of the answering service. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly endpointId: string;
  readonly endpointName: string;
}

export interface Queue {
  readonly id: string;
  readonly name: string;
}

/** The answering service that everyone works for. */
export const ACCOUNT = { id: '64b0e0aaa9c3e70012aa0001', name: 'Clearwater Answering' } as const;

/** The user who is signed in. */
export const JAMIE = createPerson(1, 'Jamie Ives', 'Front desk');
export const MAYA = createPerson(2, 'Maya Kent', 'Desk 12 – Maya');
export const PRIYA = createPerson(3, 'Priya Tan', 'Desk 7 – Priya');
export const LEON = createPerson(4, 'Leon Vogt', 'Leon (mobile)');
export const SOFIA = createPerson(5, 'Sofía Marín', 'Back office');
export const COLLEAGUES: readonly Person[] = [MAYA, PRIYA, LEON, SOFIA];

export const RECEPTION: Queue = { id: '64b0f5c1a9c3e70012aa1001', name: 'Reception' };
export const QUEUES: readonly Queue[] = [
  RECEPTION,
  { id: '64b0f5c1a9c3e70012aa1002', name: 'After hours' },
  { id: '64b0f5c1a9c3e70012aa1003', name: 'Deutsch' },
];

function createPerson(number: number, name: string, endpointName: string): Person {
  return {
    userId: `64b0f1d2a9c3e70012ab000${number}`,
    name,
    endpointId: `64b0f3e8a9c3e70012ef000${number}`,
    endpointName,
  };
}

/** Returns the person with this name, or a new one. */
export function findPerson(name: string): Person {
  const known = [JAMIE, ...COLLEAGUES].find((person) => person.name === name);
  return (
    known ?? {
      userId: `user-${name}`,
      name,
      endpointId: `endpoint-${name}`,
      endpointName: name,
    }
  );
}
