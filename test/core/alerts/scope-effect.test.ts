import { describe, expect, test } from 'vitest';
import type { Alert, MissedCall } from '../../../src/core/alerts/alert';
import { summarizeSession } from '../../../src/core/calls/call-summary';
import { withAccount } from '../../../src/core/alerts/scope-effect';
import { createSession } from '../session-fixture';
import { createMissedEntry } from '../log/log-entry-fixture';

const KEY = '0123456789abcdef';
const ONLY = {
  key: KEY,
  getSessionKey: (id: string) => `${KEY}/${id}`,
  label: 'maya',
  logLabel: 'maya',
  hasOtherAccounts: false,
};
const summary = summarizeSession(createSession({ id: 'S-1' }));
const missedCall: MissedCall = {
  summary,
  ringingSince: 0,
  ringMs: undefined,
  isInferred: false,
  foundDuring: 'live',
};

const ALERTS: readonly Alert[] = [
  { kind: 'ringing', key: 'ringing:S-1:1', summary },
  { kind: 'grouped-rings', key: 'grouped-rings', count: 4 },
  { kind: 'missed', key: 'missed:S-1', missedCall },
  {
    kind: 'missed-digest',
    key: 'missed-digest:S-1',
    missedCalls: [missedCall, missedCall],
    reason: 'away',
  },
  { kind: 'long-hold', key: 'held:S-1:1', summary, limitMs: 60_000 },
  { kind: 'connection-problem', key: 'trouble:offline', problem: 'offline' },
];

describe('what one account tells', () => {
  test.each(ALERTS)('goes by keys that no other account has: $kind', (alert) => {
    const told = withAccount(ONLY, { kind: 'raise', alert });
    expect(told).toMatchObject({ kind: 'raise', alert: { key: `${KEY}/${alert.key}` } });
    const ids = [...JSON.stringify(told).matchAll(/"id":"(.*?)"/g)].map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set(ids.length > 0 ? [`${KEY}/S-1`] : []));
    expect(told).not.toHaveProperty('alert.account');
  });

  test.each(ALERTS)('says whose it is where there are others: $kind', (alert) => {
    const told = withAccount({ ...ONLY, hasOtherAccounts: true }, { kind: 'withdraw', alert });
    expect(told).toMatchObject({ kind: 'withdraw', alert: { accountLabel: 'maya' } });
  });

  test('is logged under its name, whether there are others or not', () => {
    const told = withAccount(ONLY, {
      kind: 'log',
      entry: { ...createMissedEntry(), accountLabel: undefined },
    });
    expect(told).toMatchObject({ entry: { summary: { id: `${KEY}/S1` }, accountLabel: 'maya' } });
  });

  test('is logged without a name where none may be written', () => {
    const entry = { ...createMissedEntry(), accountLabel: undefined };
    const told = withAccount({ ...ONLY, logLabel: undefined }, { kind: 'log', entry });
    expect(told).toMatchObject({
      entry: { summary: { id: `${KEY}/S1` }, accountLabel: undefined },
    });
  });
});
