import { describe, expect, test } from 'vitest';
import type { Alert, MissedCall } from '../../../src/core/alerts/alert';
import { summarizeSession } from '../../../src/core/calls/call-summary';
import { withAccount } from '../../../src/core/alerts/scope-effect';
import { createSession } from '../session-fixture';
import { createMissedEntry } from '../log/log-entry-fixture';

const KEY = '0123456789abcdef';
const SCOPE = {
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
  { kind: 'grouped-rings', key: 'grouped-rings', summaries: [] },
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

describe('withAccount', () => {
  test.each(ALERTS)('makes the keys of the $kind alert unique', (alert) => {
    const scoped = withAccount(SCOPE, { kind: 'raise', alert });
    expect(scoped).toMatchObject({ kind: 'raise', alert: { key: `${KEY}/${alert.key}` } });
    const ids = [...JSON.stringify(scoped).matchAll(/"id":"(.*?)"/g)].map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set(ids.length > 0 ? [`${KEY}/S-1`] : []));
    expect(scoped).not.toHaveProperty('alert.account');
  });

  test.each(ALERTS)('adds the account to the $kind alert if there are others', (alert) => {
    const scoped = withAccount({ ...SCOPE, hasOtherAccounts: true }, { kind: 'withdraw', alert });
    expect(scoped).toMatchObject({ kind: 'withdraw', alert: { accountLabel: 'maya' } });
  });

  test('logs the account label even for a single account', () => {
    const scoped = withAccount(SCOPE, {
      kind: 'log',
      entry: { ...createMissedEntry(), accountLabel: undefined },
    });
    expect(scoped).toMatchObject({ entry: { summary: { id: `${KEY}/S1` }, accountLabel: 'maya' } });
  });

  test('logs no account label if none is configured', () => {
    const entry = { ...createMissedEntry(), accountLabel: undefined };
    const scoped = withAccount({ ...SCOPE, logLabel: undefined }, { kind: 'log', entry });
    expect(scoped).toMatchObject({
      entry: { summary: { id: `${KEY}/S1` }, accountLabel: undefined },
    });
  });
});
