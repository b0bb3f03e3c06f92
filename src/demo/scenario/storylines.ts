import { chat, fax, outgoingCall, queuedCall, ringingCall, type Contact } from '../new-session';
import type { NewSession, SessionUpdate } from '../session-store';
import * as update from '../session-updates';
import { LONG_NAME_CALLER, RIGHT_TO_LEFT_CALLER, UNNAMED_CALLER, WITHHELD_CALLER } from './callers';
import type { Caller } from './callers';
import { JAMIE, LEON, MAYA, PRIYA, RECEPTION, SOFIA, type Person } from './people';

/** What happens, and how many seconds after the step before: exactly, or from a range. */
export type Step = readonly [
  seconds: number | readonly [low: number, high: number],
  update: SessionUpdate,
];

/** A kind of call. */
export interface Storyline {
  readonly name: string;
  readonly start: (contact: Contact) => NewSession;
  readonly steps: readonly Step[];
  /** A certain caller; absent: anyone who isn't in a call. */
  readonly caller?: Caller;
  /** How many such calls come at once; 1 if absent. */
  readonly count?: number;
  /** The signed-in user is on the phone, so only one of these can be played at a time. */
  readonly needsUser?: true;
}

const rings =
  (...people: readonly Person[]) =>
  (contact: Contact): NewSession =>
    ringingCall(contact, people);
const waits = (contact: Contact): NewSession => queuedCall(contact, RECEPTION);

const { answer, hold, resume, end, ring } = update;
export const HANG_UP = end('Completed', 'Hung up');
export const CLOSE_CHAT = end('Completed', 'Chat closed');
export const ABANDON = end('Abandoned', 'The caller hung up while waiting');
const FAX_RECEIVED = end('Received', 'Fax received, 3 pages');
const UNDOCUMENTED = { callState: 'Whispering', channel: 'Video', sentiment: 'calm' };
const DOCUMENTED = { callState: 'Connected', channel: 'Voice', sentiment: null };

const answeredByUser: readonly Omit<Storyline, 'needsUser'>[] = [
  {
    name: 'answered',
    start: rings(JAMIE),
    steps: [
      [[4, 9], answer(JAMIE)],
      [[20, 60], HANG_UP],
    ],
  },
  {
    name: 'short hold',
    start: rings(JAMIE, PRIYA),
    steps: [
      [[3, 7], answer(JAMIE)],
      [[8, 20], hold(JAMIE)],
      [[15, 40], resume(JAMIE)],
      [[10, 30], HANG_UP],
    ],
  },
  {
    name: 'transfer',
    start: rings(JAMIE),
    steps: [
      [[4, 8], answer(JAMIE)],
      [[8, 20], update.startTransfer(SOFIA, JAMIE)],
      [[5, 9], update.completeTransfer(SOFIA, JAMIE)],
      [[5, 15], end('Transferred', 'Completed with Sofía Marín')],
    ],
  },
  {
    name: 'late caller name',
    start: ({ caller: { address = 'anonymous' }, customer }) =>
      ringingCall({ caller: { address }, customer }),
    steps: [
      [2, update.identifyCaller],
      [[4, 8], answer(JAMIE)],
      [[15, 40], HANG_UP],
    ],
  },
  {
    name: 'conference',
    start: rings(JAMIE),
    steps: [
      [[4, 7], answer(JAMIE)],
      [6, update.join(MAYA)],
      [5, update.join(PRIYA, true)],
      [5, update.join(LEON)],
      [25, update.leaveCall(PRIYA)],
      [5, update.leaveCall(LEON)],
      [10, HANG_UP],
    ],
  },
  {
    name: 'answered from the queue',
    start: waits,
    steps: [
      [[10, 30], ring(JAMIE)],
      [[4, 8], answer(JAMIE)],
      [[15, 40], HANG_UP],
    ],
  },
  {
    name: 'outgoing',
    start: outgoingCall,
    steps: [
      [[5, 10], update.pickUp],
      [[15, 45], HANG_UP],
    ],
  },
  {
    name: 'ringing chat',
    start: (contact) => chat(contact, 'ringing'),
    steps: [
      [[4, 8], answer(JAMIE)],
      [[40, 90], CLOSE_CHAT],
    ],
  },
];

const withoutUser: readonly Storyline[] = [
  {
    name: 'long hold',
    start: rings(JAMIE, MAYA),
    steps: [
      [[3, 6], answer(MAYA)],
      [[5, 10], hold(MAYA)],
      [[130, 170], resume(MAYA)],
      [[10, 20], HANG_UP],
    ],
  },
  {
    name: 'passive',
    start: rings(JAMIE, MAYA),
    steps: [
      [[3, 6], answer(MAYA)],
      [5, update.setFields({ callState: 'Passive' })],
      [[20, 40], HANG_UP],
    ],
  },
  { name: 'missed', start: rings(JAMIE), steps: [[[9, 18], update.miss]] },
  {
    name: 'answered by a colleague',
    start: rings(JAMIE, LEON),
    steps: [
      [[4, 9], answer(LEON)],
      [[20, 50], HANG_UP],
    ],
  },
  {
    name: 'several calls at once',
    count: 5,
    start: rings(JAMIE, MAYA, PRIYA),
    steps: [
      [[6, 12], answer(MAYA)],
      [[10, 20], HANG_UP],
    ],
  },
  {
    name: 'returned to the queue',
    start: waits,
    steps: [
      [[4, 8], ring(JAMIE)],
      [8, update.returnToQueue(RECEPTION)],
      [[3, 7], ring(JAMIE)],
      [[3, 6], answer(PRIYA)],
      [[8, 15], hold(PRIYA)],
      [[8, 15], resume(PRIYA)],
      [[10, 20], HANG_UP],
    ],
  },
  { name: 'abandoned', start: waits, steps: [[[20, 45], ABANDON]] },
  {
    name: 'outgoing without an answer',
    start: (contact) => outgoingCall(contact, SOFIA),
    steps: [[[12, 20], end('No answer')]],
  },
  {
    name: 'open chat',
    start: (contact) => chat(contact, 'open'),
    steps: [[[40, 90], CLOSE_CHAT]],
  },
  { name: 'fax', start: fax, steps: [[[15, 30], FAX_RECEIVED]] },
  {
    name: 'undocumented values',
    start: rings(JAMIE, SOFIA),
    steps: [
      [[4, 8], answer(SOFIA)],
      [5, update.setFields(UNDOCUMENTED)],
      [15, update.setFields(DOCUMENTED)],
      [10, HANG_UP],
    ],
  },
  ...[RIGHT_TO_LEFT_CALLER, LONG_NAME_CALLER, UNNAMED_CALLER, WITHHELD_CALLER].map(
    (caller): Storyline => ({
      name: `call by ${caller.name ?? caller.address ?? ''}`,
      caller,
      start: rings(JAMIE, LEON),
      steps: [
        [[6, 10], answer(LEON)],
        [[15, 40], HANG_UP],
      ],
    }),
  ),
];

/** All kinds of calls, each once. */
export const STORYLINES: readonly Storyline[] = [
  ...answeredByUser.map((storyline): Storyline => ({ ...storyline, needsUser: true })),
  ...withoutUser,
];
