import { describe, expect, test } from 'vitest';
import { getAlertSessionId, type Alert } from '../../../src/core/alerts/alert';
import { summarizeSession } from '../../../src/core/calls/call-summary';
import { isMuted, type AlertRules } from '../../../src/core/alerts/alert-rules';
import { ALL_RULES, createSession, type SessionFixture } from '../session-fixture';

const muting = (muted: Partial<AlertRules['muted']>): AlertRules => ({
  ...ALL_RULES,
  muted: { ...ALL_RULES.muted, ...muted },
});

describe('a call is muted', () => {
  const crumbs = { customerBreadcrumb: [{ name: 'Northside Group' }, { name: 'Bright Dental' }] };
  const call: SessionFixture = { endpoint: 'Front desk', wire: { ...crumbs, channel: 'Chat' } };

  test.each<[string, Partial<AlertRules['muted']>, boolean]>([
    ['by its channel', { channels: ['Fax', 'Chat'] }, true],
    ['by its customer', { customers: ['Bright Dental'] }, true],
    ['by a customer above its own', { customers: ['Northside Group'] }, true],
    ['by its endpoint', { endpoints: ['Front desk'] }, true],
    ['not by others', { channels: ['Fax'], customers: ['Bright'], endpoints: ['Desk'] }, false],
    ['not by a name in another place', { channels: ['Bright Dental'] }, false],
    ['not without a rule', {}, false],
  ])('%s', (_, muted, expected) => {
    expect(isMuted(summarizeSession(createSession(call)), muting(muted))).toBe(expected);
  });

  test('not by what it does not say', () => {
    expect(isMuted(summarizeSession(createSession({})), muting({ channels: ['Voice'] }))).toBe(
      false,
    );
  });
});

describe('a click on an alert', () => {
  const summary = summarizeSession(createSession({ id: 'S-1' }));
  const missedCall = {
    summary: summary,
    ringingSince: 0,
    ringMs: undefined,
    isInferred: false,
    foundDuring: 'live',
  } as const;

  test.each<[Alert, string | undefined]>([
    [{ kind: 'ringing', key: '', summary }, 'S-1'],
    [{ kind: 'long-hold', key: '', summary, limitMs: 0 }, 'S-1'],
    [{ kind: 'missed', key: '', missedCall }, 'S-1'],
    [{ kind: 'missed-digest', key: '', missedCalls: [missedCall], reason: 'away' }, undefined],
    [{ kind: 'grouped-rings', key: '', count: 4 }, undefined],
    [{ kind: 'connection-problem', key: '', problem: 'offline' }, undefined],
  ])('of the kind $kind opens its session, if it is about one', (alert, id) => {
    expect(getAlertSessionId(alert)).toBe(id);
  });
});
