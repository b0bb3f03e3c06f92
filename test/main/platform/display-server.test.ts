import { expect, test } from 'vitest';
import { canPositionWindows, getDisplayServer } from '../../../src/main/platform/display-server';

const WAYLAND = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
const X11 = { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' };

test.each([
  ['linux', WAYLAND, '', 'wayland'],
  ['linux', X11, '', 'x11'],
  // A container can claim Wayland without a compositor.
  ['linux', { XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0' }, '', 'x11'],
  ['linux', { DISPLAY: ':0' }, '', 'x11'],
  ['linux', WAYLAND, 'x11', 'x11'],
  ['linux', X11, 'wayland', 'wayland'],
  ['win32', {}, '', 'native'],
  ['darwin', {}, '', 'native'],
] as const)(
  'on %s with %j and --ozone-platform=%s, the display server is %s',
  (platform, env, requested, expected) => {
    const getSwitchValue = (name: string): string => (name === 'ozone-platform' ? requested : '');
    expect(getDisplayServer({ getSwitchValue }, platform, env)).toBe(expected);
  },
);

test.each([
  ['x11', true],
  ['native', true],
  ['wayland', false],
] as const)('on %s windows can be positioned: %s', (displayServer, expected) => {
  expect(canPositionWindows(displayServer)).toBe(expected);
});
