import { describe, expect, test } from 'vitest';
import { getAlertSessionId, type Alert } from '../../../src/core/alerts/alert';
import { summarizeSession } from '../../../src/core/calls/call-summary';
import { isMuted, type AlertRules } from '../../../src/core/alerts/alert-rules';
import { ALL_RULES, createSession, type SessionFixture } from '../session-fixture';

const createRules = (muted: Partial<AlertRules['muted']>): AlertRules => ({
  ...ALL_RULES,
  muted: { ...ALL_RULES.muted, ...muted },
});

describe('isMuted', () => {
  const crumbs = { customerBreadcrumb: [{ name: 'Northside Group' }, { name: 'Bright Dental' }] };
  const call: SessionFixture = { endpoint: 'Front desk', wire: { ...crumbs, channel: 'Chat' } };

  test.each<[string, Partial<AlertRules['muted']>, boolean]>([
    ['mutes a call by its channel', { channels: ['Fax', 'Chat'] }, true],
    ['mutes a call by its customer', { customers: ['Bright Dental'] }, true],
    ['mutes a call by a parent customer', { customers: ['Northside Group'] }, true],
    ['mutes a call by its endpoint', { endpoints: ['Front desk'] }, true],
    [
      'ignores rules for other names',
      { channels: ['Fax'], customers: ['Bright'], endpoints: ['Desk'] },
      false,
    ],
    ['ignores a customer’s name in the channel rule', { channels: ['Bright Dental'] }, false],
    ['mutes nothing without a rule', {}, false],
  ])('%s', (_, muted, expected) => {
    expect(isMuted(summarizeSession(createSession(call)), createRules(muted))).toBe(expected);
  });

  test('does not mute a call whose channel is unknown', () => {
    expect(isMuted(summarizeSession(createSession({})), createRules({ channels: ['Voice'] }))).toBe(
      false,
    );
  });
});

describe('getAlertSessionId', () => {
  const summary = summarizeSession(createSession({ id: 'S-1' }));
  const missedCall = {
    summary,
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
    [{ kind: 'grouped-rings', key: '', summaries: [] }, undefined],
    [{ kind: 'connection-problem', key: '', problem: 'offline' }, undefined],
  ])('returns the session of the $kind alert if it has one', (alert, id) => {
    expect(getAlertSessionId(alert)).toBe(id);
  });
});
