import { expect, test } from 'vitest';
import { rulesOf, type Rules } from '../../src/core/rules';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings';

test('of a person who has set nothing tell of everything, of a hold after two minutes', () => {
  expect(rulesOf(DEFAULT_SETTINGS, false)).toEqual({
    ringing: true,
    missed: true,
    holdLimit: 120_000,
    trouble: true,
    muted: { channels: [], customers: [], endpoints: [] },
    silent: false,
  });
});

test.each<[Partial<Settings>, Partial<Rules>]>([
  [{ announceRinging: false }, { ringing: false }],
  [{ announceMissed: false }, { missed: false }],
  [{ announceTrouble: false }, { trouble: false }],
  [{ holdMinutes: 5 }, { holdLimit: 300_000 }],
  [{ holdMinutes: 0 }, { holdLimit: null }],
  [
    { mutedChannels: ['Chat'], mutedCustomers: ['Bright Dental'], mutedEndpoints: ['Desk'] },
    { muted: { channels: ['Chat'], customers: ['Bright Dental'], endpoints: ['Desk'] } },
  ],
])('who has set %o differ in that alone', (settings, rules) => {
  const usual = rulesOf(DEFAULT_SETTINGS, false);
  expect(rulesOf({ ...DEFAULT_SETTINGS, ...settings }, false)).toEqual({ ...usual, ...rules });
});

test('while do not disturb is on are silent', () => {
  expect(rulesOf(DEFAULT_SETTINGS, true).silent).toBe(true);
});
