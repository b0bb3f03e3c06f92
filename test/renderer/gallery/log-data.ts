import type { DayView, LogView } from '../../../src/shared/contract';
import { createLogView } from '../builders';

const MINUTE = 60_000;

/** Creates the call counts of a working day. */
export function createDay(): DayView {
  const answered = [0, 0, 0, 0, 0, 0, 0, 1, 4, 7, 6, 5, 2, 3, 3];
  const missed = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0];
  const outgoing = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 2, 0, 1, 1];
  return {
    hours: Array.from({ length: 24 }, (_, hour) => ({
      answered: answered[hour] ?? 0,
      missed: missed[hour] ?? 0,
      outgoing: outgoing[hour] ?? 0,
    })),
    talked: 5_820_000,
    held: 644_000,
    longestHold: 187_000,
  };
}

const people = [
  ['Walter Greene', '+12025550199', 'Harbor Legal'],
  ['Grace Hopper', '+12025550147', 'Bright Dental'],
  ['Omar Haddad', '+12025550155', 'Acme Rentals'],
  [undefined, '+442079460823', 'Marlow Plumbing & Heating'],
  ['Ingrid Dahl', '+12025550194', 'Northside Veterinary'],
  ['ليلى الخطيب', '+12025550168', 'Bright Dental'],
] as const;

const outcomes: readonly LogView['outcome'][] = [
  { kind: 'answered', by: 'Maya Kent', byMe: false },
  { kind: 'missed', inferred: false, away: false },
  { kind: 'answered', by: undefined, byMe: true },
  { kind: 'outgoing' },
  { kind: 'missed', inferred: true, away: false },
  { kind: 'answered', by: 'Priya Tan', byMe: false },
  { kind: 'abandoned' },
  { kind: 'missed', inferred: false, away: true },
  { kind: 'ended' },
];

/** Creates a log of several days, newest entry first. */
export function createLogEntries(): readonly LogView[] {
  return Array.from({ length: 400 }, (_, n) => {
    const [name, number, customer] = people[n % people.length] ?? people[0];
    const outcome = outcomes[n % outcomes.length] ?? { kind: 'ended' };
    const startedAt = Date.now() - (n + 1) * 37 * MINUTE;
    const missed = outcome.kind === 'missed' || outcome.kind === 'abandoned';
    return createLogView({
      facts: {
        id: `log-${n}`,
        direction: outcome.kind === 'outgoing' ? 'outgoing' : 'incoming',
        channel: n % 7 === 5 ? 'Chat' : 'Voice',
        party: { name, number },
        place: { customer, path: [customer], endpoint: 'Front desk' },
      },
      outcome,
      startedAt,
      endedAt: startedAt + 130_000,
      rang: 18_000,
      talked: missed ? 0 : 112_000 + n * 1_000,
      seen: !(outcome.kind === 'missed' && n < 6),
      number: number.replace(/^\+1(\d{3})(\d{3})/, '+1 $1-$2-'),
      dialable: number,
    });
  });
}
