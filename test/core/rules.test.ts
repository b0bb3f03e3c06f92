import { describe, expect, test } from 'vitest';
import { sessionOf, type Alert } from '../../src/core/alert';
import { factsOf } from '../../src/core/facts';
import { isMuted, type Rules } from '../../src/core/rules';
import { ALL_RULES, aSession, type Wish } from './build';

const muting = (muted: Partial<Rules['muted']>): Rules => ({
  ...ALL_RULES,
  muted: { ...ALL_RULES.muted, ...muted },
});

describe('a call is muted', () => {
  const crumbs = { customerBreadcrumb: [{ name: 'Northside Group' }, { name: 'Bright Dental' }] };
  const call: Wish = { endpoint: 'Front desk', wire: { ...crumbs, channel: 'Chat' } };

  test.each<[string, Partial<Rules['muted']>, boolean]>([
    ['by its channel', { channels: ['Fax', 'Chat'] }, true],
    ['by its customer', { customers: ['Bright Dental'] }, true],
    ['by a customer above its own', { customers: ['Northside Group'] }, true],
    ['by its endpoint', { endpoints: ['Front desk'] }, true],
    ['not by others', { channels: ['Fax'], customers: ['Bright'], endpoints: ['Desk'] }, false],
    ['not by a name in another place', { channels: ['Bright Dental'] }, false],
    ['not without a rule', {}, false],
  ])('%s', (_, muted, expected) => {
    expect(isMuted(factsOf(aSession(call)), muting(muted))).toBe(expected);
  });

  test('not by what it does not say', () => {
    expect(isMuted(factsOf(aSession({})), muting({ channels: ['Voice'] }))).toBe(false);
  });
});

describe('a click on an alert', () => {
  const facts = factsOf(aSession({ id: 'S-1' }));
  const miss = { facts, at: 0, rang: undefined, inferred: false, found: 'now' } as const;

  test.each<[Alert, string | undefined]>([
    [{ kind: 'ringing', key: '', facts }, 'S-1'],
    [{ kind: 'held-long', key: '', facts, limit: 0 }, 'S-1'],
    [{ kind: 'missed', key: '', miss }, 'S-1'],
    [{ kind: 'missed-many', key: '', misses: [miss], because: 'away' }, undefined],
    [{ kind: 'ringing-many', key: '', count: 4 }, undefined],
    [{ kind: 'trouble', key: '', trouble: 'offline' }, undefined],
  ])('of the kind $kind opens its session, if it is about one', (alert, id) => {
    expect(sessionOf(alert)).toBe(id);
  });
});
