/** The kinds of calls of a workday. */
import { chat, fax, outgoingCall, queuedCall, ringingCall, type Contact } from '../new-session';
import type { SessionChange, SessionUpdate } from '../session-store';
import * as update from '../session-updates';
import {
  JAMIE,
  LEON,
  MAYA,
  PRIYA,
  SOFIA,
  UNUSUAL_CALLERS,
  type Caller,
  type Person,
} from './people';

/** How many seconds after the step before: exactly, or from a range. */
type Seconds = number | readonly [low: number, high: number];

/** What happens, and when. */
export interface Step {
  readonly seconds: Seconds;
  readonly update: SessionUpdate;
}

/** A kind of call. */
export interface Storyline {
  readonly start: (contact: Contact) => SessionChange;
  readonly steps: readonly Step[];
  /** Who calls; anyone who isn't on a call if absent. */
  readonly caller?: Caller;
  /** How many such calls come at once; 1 if absent. */
  readonly count?: number;
  /** The signed-in user is on the phone, so only one of these can be played at a time. */
  readonly needsUser?: true;
}

export function after(seconds: Seconds, stepUpdate: SessionUpdate): Step {
  return { seconds, update: stepUpdate };
}

const rings =
  (...people: readonly Person[]) =>
  (contact: Contact): SessionChange =>
    ringingCall(contact, people);

const { answer, hold, resume, end, join, leaveCall, miss, pickUp, ring, setFields } = update;
const { completeTransfer, identifyCaller, returnToQueue, startTransfer } = update;
export const HANG_UP = end('Completed', 'Hung up');
export const CLOSE_CHAT = end('Completed', 'Chat closed');
export const ABANDON = end('Abandoned', 'The caller hung up while waiting');
const FAX_RECEIVED = end('Received', 'Fax received, 3 pages');
const UNDOCUMENTED = { callState: 'Whispering', channel: 'Video', sentiment: 'calm' };
const DOCUMENTED = { callState: 'Connected', channel: 'Voice', sentiment: null };

/** Calls of the signed-in user. */
const OWN_CALLS: Readonly<Record<string, Storyline>> = {
  answered: {
    start: rings(JAMIE),
    steps: [after([4, 9], answer(JAMIE)), after([20, 60], HANG_UP)],
  },
  'short hold': {
    start: rings(JAMIE, PRIYA),
    steps: [
      after([3, 7], answer(JAMIE)),
      after([8, 20], hold(JAMIE)),
      after([15, 40], resume(JAMIE)),
      after([10, 30], HANG_UP),
    ],
  },
  transfer: {
    start: rings(JAMIE),
    steps: [
      after([4, 8], answer(JAMIE)),
      after([8, 20], startTransfer(SOFIA, JAMIE)),
      after([5, 9], completeTransfer(SOFIA, JAMIE)),
      after([5, 15], end('Transferred', 'Completed with Sofía Marín')),
    ],
  },
  'late caller name': {
    start: ({ caller: { address = 'anonymous' }, customer }) =>
      ringingCall({ caller: { address }, customer }),
    steps: [after(2, identifyCaller), after([4, 8], answer(JAMIE)), after([15, 40], HANG_UP)],
  },
  conference: {
    start: rings(JAMIE),
    steps: [
      after([4, 7], answer(JAMIE)),
      after(6, join(MAYA)),
      after(5, join(PRIYA, true)),
      after(5, join(LEON)),
      after(25, leaveCall(PRIYA)),
      after(5, leaveCall(LEON)),
      after(10, HANG_UP),
    ],
  },
  'answered from the queue': {
    start: queuedCall,
    steps: [after([10, 30], ring(JAMIE)), after([4, 8], answer(JAMIE)), after([15, 40], HANG_UP)],
  },
  outgoing: { start: outgoingCall, steps: [after([5, 10], pickUp), after([15, 45], HANG_UP)] },
  'ringing chat': {
    start: (contact) => chat(contact, 'ringing'),
    steps: [after([4, 8], answer(JAMIE)), after([40, 90], CLOSE_CHAT)],
  },
};

const OTHER_CALLS: Readonly<Record<string, Storyline>> = {
  'long hold': {
    start: rings(JAMIE, MAYA),
    steps: [
      after([3, 6], answer(MAYA)),
      after([5, 10], hold(MAYA)),
      after([130, 170], resume(MAYA)),
      after([10, 20], HANG_UP),
    ],
  },
  passive: {
    start: rings(JAMIE, MAYA),
    steps: [
      after([3, 6], answer(MAYA)),
      after(5, setFields({ callState: 'Passive' })),
      after([20, 40], HANG_UP),
    ],
  },
  missed: { start: rings(JAMIE), steps: [after([9, 18], miss)] },
  'answered by a colleague': {
    start: rings(JAMIE, LEON),
    steps: [after([4, 9], answer(LEON)), after([20, 50], HANG_UP)],
  },
  'several calls at once': {
    count: 5,
    start: rings(JAMIE, MAYA, PRIYA),
    steps: [after([6, 12], answer(MAYA)), after([10, 20], HANG_UP)],
  },
  'returned to the queue': {
    start: queuedCall,
    steps: [
      after([4, 8], ring(JAMIE)),
      after(8, returnToQueue),
      after([3, 7], ring(JAMIE)),
      after([3, 6], answer(PRIYA)),
      after([8, 15], hold(PRIYA)),
      after([8, 15], resume(PRIYA)),
      after([10, 20], HANG_UP),
    ],
  },
  abandoned: { start: queuedCall, steps: [after([20, 45], ABANDON)] },
  'outgoing without an answer': {
    start: (contact) => outgoingCall(contact, SOFIA),
    steps: [after([12, 20], end('No answer'))],
  },
  'open chat': { start: (contact) => chat(contact, 'open'), steps: [after([40, 90], CLOSE_CHAT)] },
  fax: { start: fax, steps: [after([15, 30], FAX_RECEIVED)] },
  'undocumented values': {
    start: rings(JAMIE, SOFIA),
    steps: [
      after([4, 8], answer(SOFIA)),
      after(5, setFields(UNDOCUMENTED)),
      after(15, setFields(DOCUMENTED)),
      after(10, HANG_UP),
    ],
  },
};

/** All kinds of calls, each once. */
export const STORYLINES: readonly Storyline[] = [
  ...Object.values(OWN_CALLS).map((call): Storyline => ({ ...call, needsUser: true })),
  ...Object.values(OTHER_CALLS),
  ...UNUSUAL_CALLERS.map((caller) => ({
    caller,
    start: rings(JAMIE, LEON),
    steps: [after([6, 10], answer(LEON)), after([15, 40], HANG_UP)],
  })),
];
