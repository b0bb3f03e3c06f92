import type { DaySummary } from '../../../src/core/log/day';
import type { LogEntryView } from '../../../src/shared/ipc';
import type { CallbackView } from '../../../src/shared/state';
import { createCallback, createDaySummary, createLogView } from '../builders';

const MINUTE = 60_000;

/** Creates the call counts of a workday. */
export function createDay(): DaySummary {
  const answered = [0, 0, 0, 0, 0, 0, 0, 1, 4, 7, 6, 5, 2, 3, 3];
  const missed = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0];
  const outgoing = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 2, 0, 1, 1];
  return createDaySummary({
    answered: 31,
    missed: 3,
    outgoing: 8,
    own: { count: 12, talkMs: 2_820_000, holdMs: 244_000, waitMs: 84_000 },
    team: { count: 19, talkMs: 3_000_000, holdMs: 400_000, waitMs: 209_000 },
    customers: [
      { customer: 'Bright Dental', answered: 14, missed: 2, outgoing: 3 },
      { customer: 'Kessler & Söhne GmbH', answered: 9, missed: 1, outgoing: 4 },
      { customer: undefined, answered: 8, missed: 0, outgoing: 1 },
    ],
    chats: 2,
    hours: Array.from({ length: 24 }, (_, hour) => ({
      answered: answered[hour] ?? 0,
      missed: missed[hour] ?? 0,
      outgoing: outgoing[hour] ?? 0,
    })),
    longestHoldMs: 187_000,
  });
}

const people = [
  ['Walter Greene', '+12025550199', 'Harbor Legal'],
  ['Grace Hopper', '+12025550147', 'Bright Dental'],
  ['Omar Haddad', '+12025550155', 'Acme Rentals'],
  [undefined, '+442079460823', 'Marlow Plumbing & Heating'],
  ['Ingrid Dahl', '+12025550194', 'Northside Veterinary'],
  ['ليلى الخطيب', '+12025550168', 'Bright Dental'],
] as const;

const outcomes: readonly LogEntryView['outcome'][] = [
  { kind: 'answered', by: 'Maya Kent', isOwn: false },
  { kind: 'missed', isInferred: false, wasAway: false },
  { kind: 'answered', by: undefined, isOwn: true },
  { kind: 'outgoing' },
  { kind: 'missed', isInferred: true, wasAway: false },
  { kind: 'answered', by: 'Priya Tan', isOwn: false },
  { kind: 'abandoned' },
  { kind: 'missed', isInferred: false, wasAway: true },
  { kind: 'ended' },
];

/** Creates a log of several days, newest entry first. */
export function createLogEntries(): readonly LogEntryView[] {
  return Array.from({ length: 400 }, (_, n) => {
    const [name, number, customer] = people[n % people.length] ?? people[0];
    const outcome = outcomes[n % outcomes.length] ?? { kind: 'ended' };
    const startedAt = Date.now() - (n + 1) * 37 * MINUTE;
    const missed = outcome.kind === 'missed' || outcome.kind === 'abandoned';
    return createLogView({
      id: `log-${n}`,
      direction: outcome.kind === 'outgoing' ? 'outgoing' : 'incoming',
      channel: n % 7 === 5 ? 'Chat' : 'Voice',
      name,
      customer,
      customerPath: [customer],
      outcome,
      startedAt,
      endedAt: startedAt + 130_000,
      ringMs: 18_000,
      talkMs: missed ? 0 : 112_000 + n * 1_000,
      isSeen: !(outcome.kind === 'missed' && n < 6),
      notes: { number: '', customer: '', priority: n % 8 === 1 ? 'vip' : 'normal' },
      resolution: missed && n > 6 ? { kind: 'called-back', at: startedAt + 9 * MINUTE } : undefined,
      number: number.replace(/^\+1(\d{3})(\d{3})/, '+1 $1-$2-'),
      dialable: number,
    });
  });
}

/** Creates calls to return. */
export function createCallbacks(): readonly CallbackView[] {
  return people.map(([name, number, customer], n) =>
    createCallback({
      id: `log-${n}`,
      ids: Array.from({ length: n + 1 }, (_, call) => `log-${n + call}`),
      name,
      number: number.replace(/^\+1(\d{3})(\d{3})/, '+1 $1-$2-'),
      dialable: n === 2 ? undefined : number,
      customers: n === 3 ? [customer, 'Bright Dental'] : [customer],
      lastAt: Date.now() - (n + 1) * 400 * MINUTE,
      priority: n === 1 ? 'vip' : 'normal',
      isAbandoned: n === 4,
      isNew: n < 2,
    }),
  );
}
