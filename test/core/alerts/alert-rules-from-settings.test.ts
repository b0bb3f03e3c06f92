import { expect, test } from 'vitest';
import { createAlertRules, type AlertRules } from '../../../src/core/alerts/alert-rules';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/settings/settings';

test('of a person who has set nothing tell of everything, of a hold after two minutes', () => {
  expect(createAlertRules(DEFAULT_SETTINGS, false)).toEqual({
    shouldAlertRings: true,
    shouldAlertMissedCalls: true,
    holdLimitMs: 120_000,
    shouldAlertProblems: true,
    muted: { channels: [], customers: [], endpoints: [] },
    isDoNotDisturb: false,
    shouldCatchUp: true,
  });
});

test.each<[Partial<Settings>, Partial<AlertRules>]>([
  [{ announceRinging: false }, { shouldAlertRings: false }],
  [{ announceMissed: false }, { shouldAlertMissedCalls: false }],
  [{ announceProblems: false }, { shouldAlertProblems: false }],
  [{ catchUp: false }, { shouldCatchUp: false }],
  [{ holdMinutes: 5 }, { holdLimitMs: 300_000 }],
  [{ holdMinutes: 0 }, { holdLimitMs: null }],
  [
    { mutedChannels: ['Chat'], mutedCustomers: ['Bright Dental'], mutedEndpoints: ['Desk'] },
    { muted: { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Desk'] } },
  ],
])('who has set %o differ in that alone', (settings, rules) => {
  const usual = createAlertRules(DEFAULT_SETTINGS, false);
  expect(createAlertRules({ ...DEFAULT_SETTINGS, ...settings }, false)).toEqual({
    ...usual,
    ...rules,
  });
});

test('while do not disturb is on are silent', () => {
  expect(createAlertRules(DEFAULT_SETTINGS, true).isDoNotDisturb).toBe(true);
});
