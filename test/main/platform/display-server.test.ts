import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import {
  canLocatePointer,
  canPositionWindows,
  getDisplayServer,
} from '../../../src/main/platform/display-server';

const WAYLAND = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
const X11 = { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' };
const hint = (value: string) => ({ ELECTRON_OZONE_PLATFORM_HINT: value });

let folder: string | undefined;

afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
});

test.each([
  ['33.2.1', WAYLAND, {}, 'x11'],
  ['37.9.0', WAYLAND, {}, 'x11'],
  ['33.2.1', { ...WAYLAND, ...hint('auto') }, {}, 'wayland'],
  ['33.2.1', { ...WAYLAND, ...hint('wayland') }, {}, 'wayland'],
  ['33.2.1', { ...WAYLAND, ...hint('x11') }, {}, 'x11'],
  ['33.2.1', { ...X11, ...hint('auto') }, {}, 'x11'],
  ['33.2.1', { ...X11, ...hint('wayland') }, {}, 'x11'],
  ['33.2.1', { WAYLAND_DISPLAY: 'wayland-1', ...hint('wayland') }, {}, 'wayland'],
  ['33.2.1', WAYLAND, { 'ozone-platform-hint': 'auto' }, 'wayland'],
  ['33.2.1', { ...WAYLAND, ...hint('auto') }, { 'ozone-platform-hint': 'x11' }, 'x11'],
  ['38.0.0', WAYLAND, {}, 'wayland'],
  ['45.5.0', WAYLAND, {}, 'wayland'],
  ['45.5.0', X11, {}, 'x11'],
  ['45.5.0', { DISPLAY: ':0' }, {}, 'x11'],
  ['45.5.0', { ...WAYLAND, ...hint('x11') }, {}, 'wayland'],
  ['45.5.0', { ...X11, ...hint('wayland') }, { 'ozone-platform-hint': 'wayland' }, 'x11'],
  // A container can claim Wayland without a compositor.
  ['45.5.0', { XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0' }, {}, 'x11'],
  ['45.5.0', WAYLAND, { 'ozone-platform': 'x11' }, 'x11'],
  ['45.5.0', X11, { 'ozone-platform': 'wayland' }, 'wayland'],
  ['33.2.1', { ...WAYLAND, ...hint('auto') }, { 'ozone-platform': 'x11' }, 'x11'],
  ['33.2.1', X11, { 'ozone-platform': 'wayland' }, 'wayland'],
] as const)(
  'Electron %s with %j and the switches %j uses %s',
  (version, env, switches, expected) => {
    expect(detect(version, env, switches)).toBe(expected);
  },
);

test('finds the default socket of a Wayland compositor', () => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-wayland-'));
  const env = { XDG_SESSION_TYPE: 'wayland', XDG_RUNTIME_DIR: folder };
  expect(detect('45.5.0', env)).toBe('x11');
  writeFileSync(join(folder, 'wayland-0'), '');
  expect(detect('45.5.0', env)).toBe('wayland');
});

test.each(['win32', 'darwin'] as const)('%s has its own display server', (platform) => {
  const getSwitchValue = (): string => '';
  expect(getDisplayServer({ getSwitchValue }, platform, WAYLAND, '45.5.0')).toBe('native');
});

test.each([
  ['x11', true],
  ['native', true],
  ['wayland', false],
] as const)('on %s windows can be positioned: %s', (displayServer, expected) => {
  expect(canPositionWindows(displayServer)).toBe(expected);
});

test.each([
  ['x11', X11, true],
  ['x11', WAYLAND, false],
  ['x11', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-1' }, false],
  ['wayland', WAYLAND, false],
  ['native', {}, false],
] as const)('the X server locates the pointer on %s with %j: %s', (server, env, expected) => {
  expect(canLocatePointer(server, env)).toBe(expected);
});

function detect(
  version: string,
  env: NodeJS.ProcessEnv,
  switches: Readonly<Record<string, string>> = {},
) {
  const getSwitchValue = (name: string): string => switches[name] ?? '';
  return getDisplayServer({ getSwitchValue }, 'linux', env, version);
}
