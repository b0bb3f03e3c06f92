/** The fixed part of the scenario: the night before, and the first half minute. */
import { chat, outgoingCall, queuedCall, ringingCall } from '../new-session';
import type { SessionChange } from '../session-store';
import type { Message } from '../voicemails';
import * as update from '../session-updates';
import * as customers from './customers';
import type { Customer } from './customers';
import { CALLERS, UNNAMED_CALLER, WITHHELD_CALLER, type Caller, type Person } from './people';
import { JAMIE, LEON, MAYA, PRIYA, SOFIA } from './people';
import { ABANDON, after, CLOSE_CHAT, HANG_UP, type Step } from './storylines';

/** The course of one session. */
export interface CallPlan {
  readonly start: SessionChange;
  readonly steps: readonly Step[];
  /** Seconds for which the session stays active after the last step; random if absent. */
  readonly listedFor?: number;
  /** What the caller leaves after an unanswered call. */
  readonly message?: Message;
}

const { ACME_RENTALS, BRIGHT_DENTAL, DEPOT, HARBOR_LEGAL, KESSLER, MARLOW, NORTHSIDE_VET } =
  customers;
const { answer, completeTransfer, hold, join, leaveCall, miss, pickUp, resume, ring } = update;

const MARCUS_MESSAGE: Message = {
  seconds: 32,
  transcription:
    'Hi, this is Marcus Bell. The van we booked for Friday has to be a day earlier, on Thursday. ' +
    'Could someone call me back before noon? Thanks.',
};
const HANNAH_MESSAGE: Message = {
  seconds: 14,
  transcription:
    'Hello, Hannah Reed here. Our dog has eaten a sock. Please call me as soon as you can.',
};

/** Calls that were over before the server started: how long ago in minutes, and what happened. */
export const NIGHT_BEFORE: readonly (readonly [minutesAgo: number, plan: CallPlan])[] = [
  [846, talk('Daniel Okafor', HARBOR_LEGAL, JAMIE, 210)],
  [838, missedCall('Amelia Hart', MARLOW, JAMIE, LEON)],
  [829, dialed('Amelia Hart', MARLOW, JAMIE, 95)],
  [812, talk('Omar Haddad', DEPOT, MAYA, 140)],
  [795, missedCall('Katrin Weiß', KESSLER, SOFIA)],
  [741, abandoned('Yuki Tanabe', BRIGHT_DENTAL)],
  [688, talk('Walter Greene', ACME_RENTALS, LEON, 320)],
  [604, missedCall('anonymous', NORTHSIDE_VET, JAMIE)],
  [511, dialed('Ingrid Dahl', NORTHSIDE_VET, SOFIA, 60)],
  [383, missedCall('Nomvula Dlamini', NORTHSIDE_VET, JAMIE)],
  [380, missedCall('Nomvula Dlamini', NORTHSIDE_VET, JAMIE)],
  // The contacts have a name for this number.
  [97, talk('+12025550104', DEPOT, JAMIE, 75)],
  [64, { ...missedCall('Marcus Bell', ACME_RENTALS, JAMIE, MAYA), message: MARCUS_MESSAGE }],
  [41, talk('Renée Laurent', HARBOR_LEGAL, PRIYA, 185)],
];

function talk(name: string, customer: Customer, by: Person, seconds: number): CallPlan {
  const start = ringingCall({ caller: findCaller(name), customer }, [by]);
  return { start, steps: [after(7, answer(by)), after(seconds, HANG_UP)] };
}

function missedCall(name: string, customer: Customer, ...people: readonly Person[]): CallPlan {
  const start = ringingCall({ caller: findCaller(name), customer }, people);
  return { start, steps: [after(21, miss)] };
}

function abandoned(name: string, customer: Customer): CallPlan {
  const start = queuedCall({ caller: findCaller(name), customer });
  return { start, steps: [after(52, ABANDON)] };
}

function dialed(name: string, customer: Customer, by: Person, seconds: number): CallPlan {
  const start = outgoingCall({ caller: findCaller(name), customer }, by);
  return { start, steps: [after(9, pickUp), after(seconds, HANG_UP)] };
}

/** Finds a caller by name, or by number if there is no name. */
function findCaller(nameOrNumber: string): Caller {
  const callers = [...CALLERS, UNNAMED_CALLER];
  return callers.find(({ name, address }) => (name ?? address) === nameOrNumber) ?? WITHHELD_CALLER;
}

const ELEANOR: Caller = { name: 'Eleanor Price', address: '+12025550186' };
const SAMUEL: Caller = { name: 'Samuel Adeyemi', address: '+12025550121' };
const CLAIRE: Caller = { name: 'Claire Dubois', address: '+33199002281' };
const CATHY: Caller = { name: 'Cathy', address: '+12025550173' };
const NORA: Caller = { name: 'Nora Lindgren', address: '+12025550158' };
const PETER: Caller = { name: 'Peter Novak', address: '+493023125377' };
const HANNAH: Caller = { name: 'Hannah Reed', address: '+442079460702' };

/**
 * The calls of the first half minute by the second at which they start, which is negative for those
 * that are already active when the server starts.
 */
export const OPENING: readonly (CallPlan & { readonly startsAt: number })[] = [
  // A long call, which a colleague takes over from the user at 5 s.
  {
    startsAt: -761,
    start: ringingCall({ caller: ELEANOR, customer: HARBOR_LEGAL }),
    steps: [
      after(9, answer(JAMIE)),
      after(452, join(PRIYA)),
      after(305, leaveCall(JAMIE)),
      after(47, HANG_UP),
    ],
  },
  {
    startsAt: -240,
    start: chat({ caller: CATHY, customer: ACME_RENTALS }, 'open'),
    steps: [after(310, CLOSE_CHAT)],
  },
  // On hold for almost two minutes.
  {
    startsAt: -135,
    start: ringingCall({ caller: SAMUEL, customer: ACME_RENTALS }, [JAMIE, LEON]),
    steps: [
      after(7, answer(LEON)),
      after(19, hold(LEON)),
      after(142, resume(LEON)),
      after(25, HANG_UP),
    ],
  },
  {
    startsAt: -48,
    start: queuedCall({ caller: CLAIRE, customer: BRIGHT_DENTAL }),
    steps: [after(67, ring(JAMIE)), after(7, answer(SOFIA)), after(30, HANG_UP)],
  },
  // The first ring: answered, put on hold, resumed, and transferred.
  {
    startsAt: 1.5,
    start: ringingCall({ caller: NORA, customer: BRIGHT_DENTAL }),
    steps: [
      after(6.5, answer(JAMIE)),
      after(9, hold(JAMIE)),
      after(7, resume(JAMIE)),
      after(6, update.startTransfer(MAYA, JAMIE)),
      after(6, completeTransfer(MAYA, JAMIE)),
      after(12, HANG_UP),
    ],
  },
  {
    startsAt: 10,
    start: ringingCall({ caller: HANNAH, customer: NORTHSIDE_VET }),
    steps: [after(12, miss)],
    listedFor: 6,
    message: HANNAH_MESSAGE,
  },
  {
    startsAt: 13,
    start: ringingCall({ caller: PETER, customer: KESSLER }, [JAMIE, MAYA]),
    steps: [after(6, answer(MAYA))],
    listedFor: 0,
  },
];

/** When the random part of the scenario begins, in seconds. */
export const OPENING_SECONDS = 34;
