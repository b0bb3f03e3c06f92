/** Somebody who takes calls at the answering service. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly endpointId: string;
  readonly endpointName: string;
}

/** Who is signed in. */
export const ME: Person = {
  userId: '64b0f1d2a9c3e70012ab0001',
  name: 'Jamie Ives',
  endpointId: '64b0f3e8a9c3e70012ef0001',
  endpointName: 'Front desk',
};

export const MAYA: Person = {
  userId: '64b0f1d2a9c3e70012ab0002',
  name: 'Maya Kent',
  endpointId: '64b0f3e8a9c3e70012ef0002',
  endpointName: 'Desk 12 – Maya',
};

export const PRIYA: Person = {
  userId: '64b0f1d2a9c3e70012ab0003',
  name: 'Priya Tan',
  endpointId: '64b0f3e8a9c3e70012ef0003',
  endpointName: 'Desk 7 – Priya',
};

export const LEON: Person = {
  userId: '64b0f1d2a9c3e70012ab0004',
  name: 'Leon Vogt',
  endpointId: '64b0f3e8a9c3e70012ef0004',
  endpointName: 'Leon (mobile)',
};

export const SOFIA: Person = {
  userId: '64b0f1d2a9c3e70012ab0005',
  name: 'Sofía Marín',
  endpointId: '64b0f3e8a9c3e70012ef0005',
  endpointName: 'Back office',
};

/** The others at the service. */
export const COLLEAGUES: readonly Person[] = [MAYA, PRIYA, LEON, SOFIA];

/** The person of that name; a stranger gets a desk of their own. */
export function personNamed(name: string): Person {
  return (
    [ME, ...COLLEAGUES].find((person) => person.name === name) ?? {
      userId: `user-${name}`,
      name,
      endpointId: `endpoint-${name}`,
      endpointName: name,
    }
  );
}

/** The service they all work for. */
export const ACCOUNT = { id: '64b0e0aaa9c3e70012aa0001', name: 'Clearwater Answering' } as const;

/** A line in which callers wait until somebody is free. */
export interface Queue {
  readonly id: string;
  readonly name: string;
}

export const RECEPTION: Queue = { id: '64b0f5c1a9c3e70012aa1001', name: 'Reception' };

/** The queues of the service. */
export const QUEUES: readonly Queue[] = [
  RECEPTION,
  { id: '64b0f5c1a9c3e70012aa1002', name: 'After hours' },
  { id: '64b0f5c1a9c3e70012aa1003', name: 'Deutsch' },
];
