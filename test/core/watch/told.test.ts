import { describe, expect, test } from 'vitest';
import type { Alert, Miss } from '../../../src/core/alert';
import { factsOf } from '../../../src/core/facts';
import { toldBy } from '../../../src/core/watch/told';
import { aSession } from '../build';
import { aMiss } from '../log/an-entry';

const KEY = '0123456789abcdef';
const ONLY = { key: KEY, label: 'maya', loggedAs: 'maya', isOneOfSeveral: false };
const facts = factsOf(aSession({ id: 'S-1' }));
const miss: Miss = { facts, at: 0, rang: undefined, inferred: false, found: 'now' };

const ALERTS: readonly Alert[] = [
  { kind: 'ringing', key: 'ringing:S-1:1', facts },
  { kind: 'ringing-many', key: 'ringing-many', count: 4 },
  { kind: 'missed', key: 'missed:S-1', miss },
  { kind: 'missed-many', key: 'missed-many:S-1', misses: [miss, miss], because: 'away' },
  { kind: 'held-long', key: 'held:S-1:1', facts, limit: 60_000 },
  { kind: 'trouble', key: 'trouble:offline', trouble: 'offline' },
];

describe('what one account tells', () => {
  test.each(ALERTS)('goes by keys that no other account has: $kind', (alert) => {
    const told = toldBy(ONLY, { kind: 'raise', alert });
    expect(told).toMatchObject({ kind: 'raise', alert: { key: `${KEY}/${alert.key}` } });
    const ids = [...JSON.stringify(told).matchAll(/"id":"(.*?)"/g)].map(([, id]) => id);
    expect(new Set(ids)).toEqual(new Set(ids.length > 0 ? [`${KEY}/S-1`] : []));
    expect(told).not.toHaveProperty('alert.account');
  });

  test.each(ALERTS)('says whose it is where there are others: $kind', (alert) => {
    const told = toldBy({ ...ONLY, isOneOfSeveral: true }, { kind: 'withdraw', alert });
    expect(told).toMatchObject({ kind: 'withdraw', alert: { account: 'maya' } });
  });

  test('is logged under its name, whether there are others or not', () => {
    const told = toldBy(ONLY, { kind: 'log', entry: { ...aMiss(), account: undefined } });
    expect(told).toMatchObject({ entry: { facts: { id: `${KEY}/S1` }, account: 'maya' } });
  });

  test('is logged without a name where none may be written', () => {
    const entry = { ...aMiss(), account: undefined };
    const told = toldBy({ ...ONLY, loggedAs: undefined }, { kind: 'log', entry });
    expect(told).toMatchObject({ entry: { facts: { id: `${KEY}/S1` }, account: undefined } });
  });
});
