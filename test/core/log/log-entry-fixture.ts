import type { CallSummary } from '../../../src/core/calls/call-summary';
import type { LogEntry } from '../../../src/core/log/entry';

interface EntryFields extends Partial<Omit<LogEntry, 'summary'>> {
  readonly id?: string;
  readonly direction?: CallSummary['direction'];
  readonly channel?: string;
  readonly party?: Partial<CallSummary['party']>;
  readonly customer?: string | undefined;
  readonly customerPath?: readonly string[];
  readonly endpoint?: string | undefined;
}

/** Creates the entry of an answered call from Grace Hopper for Bright Dental. */
export function createLogEntry(fields: EntryFields = {}): LogEntry {
  const { id = 'S1', direction = 'incoming', channel = 'Voice', party, ...others } = fields;
  const { customer, customerPath, endpoint, ...entry } = {
    customer: 'Bright Dental',
    customerPath: ['Northside Group', 'Bright Dental'],
    endpoint: 'Front desk',
    ...others,
  };
  const startedAt = entry.startedAt ?? Date.UTC(2026, 2, 4, 15, 0);
  return {
    summary: {
      id,
      direction,
      channel,
      party: { name: 'Grace Hopper', number: '+12025550147', ...party },
      customer,
      customerPath,
      endpoint,
    },
    accountLabel: 'maya',
    outcome: { kind: 'answered', by: 'Ada Lovelace', isOwn: true },
    startedAt,
    answeredAt: startedAt + 5_000,
    endedAt: startedAt + 90_000,
    ringMs: 5_000,
    talkMs: 60_000,
    holdMs: 25_000,
    segments: [
      { phase: 'ringing', from: startedAt },
      { phase: 'connected', from: startedAt + 5_000 },
      { phase: 'held', from: startedAt + 20_000 },
      { phase: 'connected', from: startedAt + 45_000 },
    ],
    isSeen: true,
    callbackMark: null,
    ...entry,
  };
}

/** Creates the entry of an unseen missed call. */
export function createMissedEntry(fields: EntryFields = {}): LogEntry {
  return createLogEntry({
    outcome: { kind: 'missed', isInferred: false, wasAway: false },
    answeredAt: undefined,
    talkMs: 0,
    holdMs: 0,
    isSeen: false,
    ...fields,
  });
}
