import { describe, expect, test } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import { getCallerHistory } from '../../../src/core/log/caller-history';
import type { LogEntry } from '../../../src/core/log/entry';
import { createLogEntry, createMissedEntry } from './log-entry-fixture';

const NOON = new Date(2026, 2, 4, 12).getTime();
const HOUR = 3_600_000;
const getNumberKey = createNumberKeys('US');
const getHistory = (entries: readonly LogEntry[], number: string | undefined = '(202) 555-0147') =>
  getCallerHistory(entries, { id: 'now', number, startedAt: NOON }, getNumberKey);
const talk = (id: string, hours: number, by = 'Pat Kim') =>
  createLogEntry({
    id,
    startedAt: NOON - hours * HOUR,
    talkMs: 240_000,
    outcome: { kind: 'answered', by, isOwn: false },
  });

describe('the history of a caller', () => {
  test('counts the calls of the day, and names the last missed call and conversation', () => {
    const entries = [
      talk('A', 50, 'Maya Kent'),
      talk('B', 24),
      createMissedEntry({ id: 'C', startedAt: NOON - 2 * HOUR }),
      createMissedEntry({ id: 'D', startedAt: NOON - HOUR }),
      createLogEntry({ id: 'now', startedAt: NOON, outcome: { kind: 'active' } }),
      createLogEntry({ id: 'E', startedAt: NOON - HOUR, party: { number: '+12025550199' } }),
    ];
    expect(getHistory(entries)).toEqual({
      callsToday: 3,
      lastMissedAt: NOON - HOUR,
      lastTalk: {
        at: NOON - 24 * HOUR,
        talkMs: 240_000,
        direction: 'incoming',
        by: 'Pat Kim',
        isOwn: false,
      },
    });
  });

  test('includes answered outgoing calls', () => {
    const outcome = { kind: 'outgoing' } as const;
    const call = { direction: 'outgoing', outcome, startedAt: NOON - HOUR } as const;
    expect(getHistory([createLogEntry(call)])?.lastTalk).toMatchObject({ direction: 'outgoing' });
    expect(getHistory([createLogEntry({ ...call, talkMs: 0 })])).toBeNull();
  });

  test('ignores later calls, and is empty for a first call and for a caller without a number', () => {
    expect(getHistory([talk('A', -1)])).toBeNull();
    expect(getHistory([])).toBeNull();
    expect(
      getCallerHistory(
        [talk('A', 1)],
        { id: 'x', number: undefined, startedAt: NOON },
        getNumberKey,
      ),
    ).toBeNull();
  });
});
