import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../../src/core/alert';
import type { Facts } from '../../../src/core/facts';
import { glanceOf, type Glance } from '../../../src/core/glance';
import type { Phase } from '../../../src/core/phase';
import { trayIconName, trayIconPath, type TrayPlace } from '../../../src/main/desktop/tray-icons';

const resources = resolve(import.meta.dirname, '../../../resources');

const facts: Facts = {
  id: 'session',
  direction: 'incoming',
  channel: 'Voice',
  party: { name: undefined, number: undefined },
  place: { path: [], customer: undefined, endpoint: undefined },
};

interface Scenery {
  readonly phases?: readonly Phase[];
  readonly trouble?: Trouble;
  readonly missed?: number;
  readonly silent?: boolean;
}

function aGlance({ phases = [], trouble, missed = 0, silent = false }: Scenery): Glance {
  const calls = phases.map((phase) => ({ phase, facts }));
  return glanceOf({ calls, trouble: trouble ?? null, missed, silent });
}

const connected = (count: number): readonly Phase[] =>
  Array.from({ length: count }, () => 'connected' as const);

/** Every glance that looks like no other. */
const looks: readonly Scenery[] = [
  {},
  ...Array.from({ length: 10 }, (_, index) => ({ phases: connected(index + 1) })),
  { phases: ['ringing'] },
  { missed: 1 },
  { trouble: 'offline' },
  { trouble: 'sign-in' },
];

const names = new Set(
  looks.flatMap((look) =>
    [false, true].flatMap((silent) =>
      ([0, 1] as const).map((frame) => trayIconName(aGlance({ ...look, silent }), frame)),
    ),
  ),
);

describe('the name of the tray icon', () => {
  it.each<[string, Scenery, string]>([
    ['nothing happens', {}, 'idle'],
    ['one call is going on', { phases: ['connected'] }, 'active-1'],
    ['nine calls are going on', { phases: connected(9) }, 'active-9'],
    ['more than nine calls are going on', { phases: connected(10) }, 'active-9plus'],
    ['two thousand calls are going on', { phases: connected(2000) }, 'active-9plus'],
    ['a call was missed', { missed: 2 }, 'missed'],
    ['there is no connection', { trouble: 'offline' }, 'offline'],
    ['sign-in is needed', { trouble: 'sign-in' }, 'sign-in'],
    ['a role is missing', { trouble: 'forbidden' }, 'sign-in'],
  ])('when %s is the same in both frames', (_, scenery, name) => {
    expect(trayIconName(aGlance(scenery), 0)).toBe(name);
    expect(trayIconName(aGlance(scenery), 1)).toBe(name);
  });

  it('alternates while a call rings, whatever else there is to tell', () => {
    const glance = aGlance({ phases: ['connected', 'ringing'], trouble: 'offline', missed: 3 });
    expect(trayIconName(glance, 0)).toBe('ringing-0');
    expect(trayIconName(glance, 1)).toBe('ringing-1');
  });

  it('says that do not disturb is on, in every state', () => {
    for (const look of looks) {
      const loud = trayIconName(aGlance(look), 0);
      expect(trayIconName(aGlance({ ...look, silent: true }), 0)).toBe(`${loud}-silent`);
    }
  });
});

describe('the file of the tray icon', () => {
  const path = (os: NodeJS.Platform, panel: TrayPlace['panel']): string =>
    trayIconPath('missed-silent', { os, panel, resources: '/app' });

  it('is a template on macOS, on any panel', () => {
    const file = join('/app', 'tray', 'macos', 'missed-silentTemplate.png');
    expect(path('darwin', 'light')).toBe(file);
    expect(path('darwin', 'dark')).toBe(file);
    expect(path('darwin', 'unknown')).toBe(file);
  });

  it('fits the taskbar on Windows', () => {
    expect(path('win32', 'light')).toBe(
      join('/app', 'tray', 'windows', 'light', 'missed-silent.ico'),
    );
    expect(path('win32', 'dark')).toBe(
      join('/app', 'tray', 'windows', 'dark', 'missed-silent.ico'),
    );
  });

  it('fits the panel on Linux, and on what is like it', () => {
    expect(path('linux', 'dark')).toBe(join('/app', 'tray', 'linux', 'dark', 'missed-silent.png'));
    expect(path('linux', 'unknown')).toBe(
      join('/app', 'tray', 'linux', 'unknown', 'missed-silent.png'),
    );
    expect(path('freebsd', 'light')).toBe(
      join('/app', 'tray', 'linux', 'light', 'missed-silent.png'),
    );
  });
});

describe.each<[NodeJS.Platform, TrayPlace['panel'], readonly number[]]>([
  ['darwin', 'unknown', [18, 36]],
  ['win32', 'light', [16, 20, 24, 32]],
  ['win32', 'dark', [16, 20, 24, 32]],
  ['win32', 'unknown', [16, 20, 24, 32]],
  ['linux', 'light', [22, 44]],
  ['linux', 'dark', [22, 44]],
  ['linux', 'unknown', [22, 44]],
])('the pictures on %s for a panel that is %s', (os, panel, sizes) => {
  const files = [...names].map((name) => trayIconPath(name, { os, panel, resources }));

  it('are there in every size', () => {
    const wanted = sizes.map((size) => [size, size]);
    for (const file of files) expect(picturesOf(file).map(sizeOf), file).toEqual(wanted);
  });

  it('are told apart', () => {
    const contents = files.map((file) => readFileSync(file, 'base64'));
    expect(new Set(contents).size).toBe(names.size);
  });

  it('are all that is in their folder', () => {
    const [folder] = files.map(dirname);
    const known = files.flatMap((file) => [basename(file), basename(doubled(file))]);
    expect(readdirSync(folder ?? '').filter((file) => !known.includes(file))).toEqual([]);
  });
});

function doubled(file: string): string {
  return file.replace(/(\.\w+)$/, '@2x$1');
}

/** The PNG pictures of an icon: in its file, or in the two files that go together. */
function picturesOf(file: string): readonly Buffer[] {
  if (extname(file) === '.png') return [readFileSync(file), readFileSync(doubled(file))];
  const ico = readFileSync(file);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    const start = ico.readUInt32LE(entry + 12);
    return ico.subarray(start, start + ico.readUInt32LE(entry + 8));
  });
}

function sizeOf(png: Buffer): readonly [width: number, height: number] {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
