/** Who is on the phone: employees, callers, and their contacts. All numbers are reserved for fiction. */
import { DEPOT } from './customers';

/** An employee of the answering service. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly endpointId: string;
  readonly endpointName: string;
}

/** The remote party of a call. */
export interface Caller {
  /** Absent when the server knows no name. */
  readonly name?: string;
  /** An E.164 number, or `anonymous` for a withheld one. */
  readonly address?: string;
}

/** The answering service that everyone works for. */
export const ACCOUNT = { id: '64b0e0aaa9c3e70012aa0001', name: 'Clearwater Answering' } as const;

/** The user who is signed in. */
export const JAMIE = createPerson(1, 'Jamie Ives', 'Front desk');
export const MAYA = createPerson(2, 'Maya Kent', 'Desk 12 – Maya');
export const PRIYA = createPerson(3, 'Priya Tan', 'Desk 7 – Priya');
export const LEON = createPerson(4, 'Leon Vogt', 'Leon (mobile)');
export const SOFIA = createPerson(5, 'Sofía Marín', 'Back office');
const COLLEAGUES: readonly Person[] = [MAYA, PRIYA, LEON, SOFIA];

/** The queue in which callers wait. */
export const RECEPTION = { id: '64b0f5c1a9c3e70012aa1001', name: 'Reception' } as const;

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
  const endpointId = `endpoint-${name}`;
  return known ?? { userId: `user-${name}`, name, endpointId, endpointName: name };
}

/** Ordinary callers. */
export const CALLERS: readonly Caller[] = [
  { name: 'Grace Whitfield', address: '+12025550147' },
  { name: 'Daniel Okafor', address: '+12025550162' },
  { name: 'Helen Sorensen', address: '+12025550171' },
  { name: 'Marcus Bell', address: '+12025550118' },
  { name: 'Renée Laurent', address: '+33199004417' },
  { name: 'Tom Ashworth', address: '+442079460823' },
  { name: 'Amelia Hart', address: '+442079460311' },
  { name: 'Katrin Weiß', address: '+493023125882' },
  { name: 'Yuki Tanabe', address: '+12025550189' },
  { name: 'Ana Beatriz Lopes', address: '+12025550133' },
  { name: 'Omar Haddad', address: '+12025550155' },
  { name: 'Ingrid Dahl', address: '+12025550194' },
  { name: 'Nomvula Dlamini', address: '+12025550126' },
  { name: 'Walter Greene', address: '+12025550199' },
  { name: 'Wei-Ling Chen', address: '+12025550142' },
];

export const UNNAMED_CALLER: Caller = { address: '+12025550104' };
export const WITHHELD_CALLER: Caller = { address: 'anonymous' };

/** Callers whose names and numbers are hard to show. */
export const UNUSUAL_CALLERS: readonly Caller[] = [
  { name: 'ليلى الخطيب', address: '+12025550168' },
  {
    name:
      'Dr. Maximiliane Alexandra Freifrau von Hohenberg-Schwarzenfels, on behalf of the joint ' +
      'practice for orthodontics, maxillofacial surgery and children’s dentistry at the old harbor',
    address: '+493023125104',
  },
  UNNAMED_CALLER,
  WITHHELD_CALLER,
];

/** The contacts of every user: the caller whose name no session has, callers, and colleagues. */
export const CONTACTS: readonly unknown[] = [
  {
    displayName: 'Riverside Couriers',
    address: UNNAMED_CALLER.address,
    type: 'Contact',
    customerName: DEPOT.name,
    canCall: true,
    canChat: false,
  },
  ...CALLERS.slice(0, 5).map(({ name, address }) => {
    return { displayName: name, address, type: 'Contact', canCall: true, canChat: true };
  }),
  ...COLLEAGUES.map(({ name }, index) => {
    const address = String(201 + index);
    return { displayName: name, address, type: 'User', canCall: true, canChat: true };
  }),
  { displayName: RECEPTION.name, address: '300', type: 'Team', canCall: true, canChat: false },
];
