import { describe, expect, test } from 'vitest';
import {
  placesWindows,
  prepareWindowing,
  windowingOf,
  type Windowing,
} from '../../../src/main/desktop/windowing';

const WAYLAND = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
const X11 = { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' };

function windowing(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string>>,
  asked = '',
): Windowing {
  const getSwitchValue = (name: string): string => (name === 'ozone-platform' ? asked : '');
  return windowingOf({ platform, env, commandLine: { getSwitchValue } });
}

describe('what draws the windows', () => {
  test.each([
    ['linux', WAYLAND, '', 'wayland'],
    ['linux', X11, '', 'x11'],
    // A session may lie about its kind where nobody draws, as in a container.
    ['linux', { XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0' }, '', 'x11'],
    ['linux', { DISPLAY: ':0' }, '', 'x11'],
    ['linux', WAYLAND, 'x11', 'x11'],
    ['linux', X11, 'wayland', 'wayland'],
    ['win32', {}, '', 'native'],
    ['darwin', {}, '', 'native'],
  ] as const)('on %s with %j, asked for "%s", is %s', (platform, env, asked, expected) => {
    expect(windowing(platform, env, asked)).toBe(expected);
  });

  test.each([
    ['x11', true],
    ['native', true],
    ['wayland', false],
  ] as const)('on %s lets a window say where it goes: %s', (kind, places) => {
    expect(placesWindows(kind)).toBe(places);
  });
});

describe('a global shortcut', () => {
  test('is asked of the portal on Wayland, beside what is asked for already', () => {
    expect(featuresOn('wayland')).toBe('NetworkServiceInProcess2,GlobalShortcutsPortal');
  });

  test.each(['x11', 'native'] as const)('needs none on %s', (kind) => {
    expect(featuresOn(kind)).toBe('NetworkServiceInProcess2');
  });
});

function featuresOn(kind: Windowing): string {
  let features = 'NetworkServiceInProcess2';
  prepareWindowing(
    {
      appendSwitch: (_, value = '') => {
        features = value;
      },
      getSwitchValue: () => features,
    },
    kind,
  );
  return features;
}
