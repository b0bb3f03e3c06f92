import { expect, test } from 'vitest';
import { createAlertRules, type AlertRules } from '../../../src/core/alerts/alert-rules';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/settings/settings';

test('createAlertRules announces everything by default and long holds after two minutes', () => {
  expect(createAlertRules(DEFAULT_SETTINGS, false)).toEqual({
    shouldAlertRings: true,
    shouldAlertMissedCalls: true,
    holdLimitMs: 120_000,
    shouldAlertProblems: true,
    shouldAlertVoicemails: true,
    muted: { channels: [], customers: [], endpoints: [] },
    isDoNotDisturb: false,
    canVipBreakThrough: false,
    shouldCatchUp: true,
    getPriority: expect.any(Function) as unknown,
  });
});

test.each<[Partial<Settings>, Partial<AlertRules>]>([
  [{ announceRinging: false }, { shouldAlertRings: false }],
  [{ announceMissed: false }, { shouldAlertMissedCalls: false }],
  [{ announceProblems: false }, { shouldAlertProblems: false }],
  [{ catchUp: false }, { shouldCatchUp: false }],
  [{ vipBreaksThrough: true }, { canVipBreakThrough: true }],
  [{ holdMinutes: 5 }, { holdLimitMs: 300_000 }],
  [{ holdMinutes: 0 }, { holdLimitMs: null }],
  [
    { mutedChannels: ['Chat'], mutedCustomers: ['Bright Dental'], mutedEndpoints: ['Desk'] },
    { muted: { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Desk'] } },
  ],
])('createAlertRules changes only the rule for the setting %o', (settings, rules) => {
  const defaults = createAlertRules(DEFAULT_SETTINGS, false);
  expect(createAlertRules({ ...DEFAULT_SETTINGS, ...settings }, false)).toEqual({
    ...defaults,
    ...rules,
    getPriority: expect.any(Function) as unknown,
  });
});

test('createAlertRules passes on whether Do Not Disturb is active', () => {
  expect(createAlertRules(DEFAULT_SETTINGS, true).isDoNotDisturb).toBe(true);
});
