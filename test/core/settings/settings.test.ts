import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  updateSettings,
  DEFAULT_SETTINGS,
  parseSettings,
} from '../../../src/core/settings/settings';

describe('DEFAULT_SETTINGS', () => {
  test('polls every two seconds and announces everything', () => {
    expect(DEFAULT_SETTINGS).toMatchObject({
      server: 'https://evovoice.io',
      pollSeconds: 2,
      announceRinging: true,
      announceMissed: true,
      holdMinutes: 2,
      logDays: 90,
      logEntries: 5_000,
      sound: 'none',
      popUpOnRinging: false,
      scheduledDoNotDisturb: false,
    });
  });
});

describe('parseSettings', () => {
  test.each([undefined, null, 7, 'text', [], [1]])('returns the defaults for %j', (json) => {
    expect(parseSettings(json)).toEqual(DEFAULT_SETTINGS);
  });

  test('replaces only invalid values with their defaults', () => {
    const json = { pollSeconds: 99, theme: 'dark', sound: 'vuvuzela', volume: '60', zoom: 150 };
    expect(parseSettings(json)).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', zoom: 150 });
  });

  test('drops unknown settings of a newer version', () => {
    expect(parseSettings({ telepathy: true })).toEqual(DEFAULT_SETTINGS);
  });

  test('returns every setting for any object', () => {
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom(...Object.keys(DEFAULT_SETTINGS)) }), (json) => {
        expect(Object.keys(parseSettings(json))).toEqual(Object.keys(DEFAULT_SETTINGS));
      }),
    );
  });

  test('restores saved settings unchanged', () => {
    const changed = updateSettings(DEFAULT_SETTINGS, { pollSeconds: 30, mutedChannels: ['Chat'] });
    expect(changed.ok && parseSettings(JSON.parse(JSON.stringify(changed.settings)))).toEqual(
      changed.ok && changed.settings,
    );
  });
});

describe('updateSettings', () => {
  test('accepts values in range', () => {
    const changed = updateSettings(DEFAULT_SETTINGS, { pollSeconds: 1, screenPopUrl: '' });
    expect(changed).toEqual({ ok: true, settings: { ...DEFAULT_SETTINGS, pollSeconds: 1 } });
  });

  test.each<[string, unknown]>([
    ['pollSeconds', 0],
    ['pollSeconds', 31],
    ['pollSeconds', 1.5],
    ['pollSeconds', undefined],
    ['server', 'http://evovoice.io'],
    ['screenPopUrl', 'http://crm.example/{number}'],
    ['screenPopUrl', 'https://crm.example/{nonsense}'],
    ['doNotDisturbSchedule', []],
    ['region', 'usa'],
    ['logEntries', 5_001],
    ['telepathy', true],
    ['__proto__', {}],
    ['constructor', 'x'],
  ])('rejects the whole change and names %s if its value is %j', (name, value) => {
    const change = Object.fromEntries([
      ['theme', 'dark'],
      [name, value],
    ]);
    expect(updateSettings(DEFAULT_SETTINGS, change)).toEqual({ ok: false, refused: [name] });
  });
});
