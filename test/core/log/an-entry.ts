import type { Facts } from '../../../src/core/facts';
import type { LogEntry } from '../../../src/core/log-entry';

interface Told extends Partial<Omit<LogEntry, 'facts'>> {
  readonly id?: string;
  readonly direction?: Facts['direction'];
  readonly channel?: string;
  readonly party?: Partial<Facts['party']>;
  readonly place?: Partial<Facts['place']>;
}

/** A call of Grace Hopper's for Bright Dental that was answered, or what is told of it. */
export function anEntry(told: Told = {}): LogEntry {
  const { id = 'S1', direction = 'incoming', channel = 'Voice', party, place, ...entry } = told;
  const startedAt = entry.startedAt ?? Date.UTC(2026, 2, 4, 15, 0);
  return {
    facts: {
      id,
      direction,
      channel,
      party: { name: 'Grace Hopper', number: '+12025550147', ...party },
      place: {
        customer: 'Bright Dental',
        path: ['Northside Group', 'Bright Dental'],
        endpoint: 'Front desk',
        ...place,
      },
    },
    account: 'maya',
    outcome: { kind: 'answered', by: 'Ada Lovelace', byMe: true },
    startedAt,
    answeredAt: startedAt + 5_000,
    endedAt: startedAt + 90_000,
    rang: 5_000,
    talked: 60_000,
    held: 25_000,
    segments: [
      { phase: 'ringing', from: startedAt },
      { phase: 'connected', from: startedAt + 5_000 },
      { phase: 'held', from: startedAt + 20_000 },
      { phase: 'connected', from: startedAt + 45_000 },
    ],
    seen: true,
    ...entry,
  };
}

/** A call that nobody took and nobody has looked at, or what is told of it. */
export function aMiss(told: Told = {}): LogEntry {
  return anEntry({
    outcome: { kind: 'missed', inferred: false, away: false },
    answeredAt: undefined,
    talked: 0,
    held: 0,
    seen: false,
    ...told,
  });
}
