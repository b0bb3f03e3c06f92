import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TrayStatus } from '../../../src/core/tray-status';
import { getTrayIconName, getTrayIconPath } from '../../../src/main/tray/tray-icons';
import { createCallSummary } from '../builders';

const APP_PATH = resolve(import.meta.dirname, '../../..');
const COUNTS = { isDoNotDisturb: false, activeCount: 0, missedCount: 0 };
const RINGING: TrayStatus = { ...COUNTS, kind: 'ringing', ringing: [createCallSummary()] };

/** Every status that has its own icon. */
const STATUSES: readonly TrayStatus[] = [
  { ...COUNTS, kind: 'idle' },
  ...Array.from({ length: 10 }, (_, index) => createActive(index + 1)),
  RINGING,
  { ...COUNTS, missedCount: 1, kind: 'missed' },
  { ...COUNTS, kind: 'connection-problem', problem: 'offline' },
  { ...COUNTS, kind: 'connection-problem', problem: 'sign-in' },
];

const NAMES = new Set(
  STATUSES.flatMap((status) =>
    [false, true].flatMap((silent) =>
      ([0, 1] as const).map((frame) =>
        getTrayIconName({ ...status, isDoNotDisturb: silent }, frame),
      ),
    ),
  ),
);

describe('the name of the tray icon', () => {
  test.each<[string, TrayStatus]>([
    ['idle', { ...COUNTS, kind: 'idle' }],
    ['active-1', createActive(1)],
    ['active-9', createActive(9)],
    ['active-9plus', createActive(10)],
    ['active-9plus', createActive(2_000)],
    ['missed', { ...COUNTS, missedCount: 2, kind: 'missed' }],
    ['offline', { ...COUNTS, kind: 'connection-problem', problem: 'offline' }],
    ['sign-in', { ...COUNTS, kind: 'connection-problem', problem: 'sign-in' }],
    ['sign-in', { ...COUNTS, kind: 'connection-problem', problem: 'forbidden' }],
  ])('is %s in both frames for %j', (name, status) => {
    expect(getTrayIconName(status, 0)).toBe(name);
    expect(getTrayIconName(status, 1)).toBe(name);
    expect(getTrayIconName({ ...status, isDoNotDisturb: true }, 0)).toBe(`${name}-silent`);
  });

  test('alternates while a call rings', () => {
    expect(getTrayIconName(RINGING, 0)).toBe('ringing-0');
    expect(getTrayIconName(RINGING, 1)).toBe('ringing-1');
  });
});

describe.each<[NodeJS.Platform, boolean, string, readonly number[]]>([
  ['darwin', false, 'macos', [18, 36]],
  ['darwin', true, 'macos', [18, 36]],
  ['win32', false, 'windows/light', [16, 20, 24, 32]],
  ['win32', true, 'windows/dark', [16, 20, 24, 32]],
  ['linux', false, 'linux/unknown', [22, 44]],
  ['linux', true, 'linux/dark', [22, 44]],
])('the icon files on %s with a dark theme %s', (platform, isDark, folder, sizes) => {
  const files = [...NAMES].map((name) => getTrayIconPath(name, platform, isDark, APP_PATH));

  test(`are in ${folder}`, () => {
    const expected = resolve(APP_PATH, 'resources/tray', folder);
    expect(new Set(files.map(dirname))).toEqual(new Set([expected]));
  });

  test('have every size', () => {
    const expected = sizes.map((size) => [size, size]);
    for (const file of files) expect(getSizes(file), file).toEqual(expected);
  });

  test('are all different', () => {
    const contents = files.map((file) => readFileSync(file, 'base64'));
    expect(new Set(contents).size).toBe(NAMES.size);
  });

  test('are the only files in their folder', () => {
    const known = files.flatMap((file) => [basename(file), basename(getHighDensityPath(file))]);
    const found = readdirSync(dirname(files[0] ?? ''));
    expect(found.filter((file) => !known.includes(file))).toEqual([]);
  });
});

function createActive(activeCount: number): TrayStatus {
  return { ...COUNTS, activeCount, kind: 'active' };
}

function getHighDensityPath(file: string): string {
  return file.replace(/(\.\w+)$/, '@2x$1');
}

/** The sizes of the images in an ICO file, or of a PNG file and its high-density variant. */
function getSizes(file: string): readonly (readonly [width: number, height: number])[] {
  if (extname(file) === '.png') return [getPngSize(file), getPngSize(getHighDensityPath(file))];
  const ico = readFileSync(file);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    return [ico.readUInt8(entry), ico.readUInt8(entry + 1)];
  });
}

function getPngSize(file: string): readonly [width: number, height: number] {
  const png = readFileSync(file);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
