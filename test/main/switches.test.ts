import { describe, expect, test } from 'vitest';
import { leaveOutTheUnneeded } from '../../src/main/switches';

describe('what a tray does not need is left out', () => {
  test.each(['linux', 'win32', 'darwin'] as const)('of the graphics on %s', (platform) => {
    expect(switchesOn(platform)).toHaveProperty('disable-gpu');
  });

  test.each(['win32', 'darwin'] as const)(
    'but the network keeps a process of its own on %s, where that has a sandbox',
    (platform) => {
      expect(switchesOn(platform)).not.toHaveProperty('enable-features');
    },
  );

  test('and what the person asked Chromium for stays', () => {
    const features = switchesOn('linux', { 'enable-features': 'UseOzonePlatform' });
    expect(features['enable-features']).toBe('UseOzonePlatform,NetworkServiceInProcess2');
  });

  test.each(['linux', 'win32', 'darwin'] as const)('and no sandbox is, on %s', (platform) => {
    const weakening = /sandbox|zygote|single-process|in-process-gpu|web-security|isolation/i;
    for (const name of Object.keys(switchesOn(platform))) expect(name).not.toMatch(weakening);
  });
});

/** The switches by name, given those of the command line. */
function switchesOn(
  platform: NodeJS.Platform,
  given: Record<string, string> = {},
): Record<string, string> {
  const switches = { ...given };
  leaveOutTheUnneeded(
    {
      appendSwitch: (name, value = '') => {
        switches[name] = value;
      },
      getSwitchValue: (name) => switches[name] ?? '',
    },
    platform,
  );
  return switches;
}
