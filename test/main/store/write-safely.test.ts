import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSafely } from '../../../src/main/store/write-safely';
import { CAN_FILL_DISK, withFullDisk } from './full-disk';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-write-'));
  path = join(folder, 'watch.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([{ durable: false }, { durable: true }])('a file is replaced whole: %o', (options) => {
  writeSafely(path, 'old', options);
  writeSafely(path, 'new ☎', options);
  expect(readFileSync(path, 'utf8')).toBe('new ☎');
  expect(readdirSync(folder)).toEqual(['watch.json']);
});

test('a file is for the eyes of its owner only', () => {
  writeSafely(path, 'x');
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('half a draft that a kill left behind is in nobody’s way', () => {
  writeFileSync(`${path}.new`, '{"half');
  writeSafely(path, 'whole');
  expect(readFileSync(path, 'utf8')).toBe('whole');
});

test('where nothing can be written the old file stays, and the error tells why', () => {
  writeFileSync(path, 'old');
  const within = join(path, 'watch.json');
  expect(() => {
    writeSafely(within, 'new');
  }).toThrow(/ENOTDIR/);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test.runIf(CAN_FILL_DISK)(
  'on a full disk the old file stays whole, and the error tells why',
  () => {
    const old = 'o'.repeat(10_000);
    writeSafely(path, old);
    withFullDisk(4_096, () => {
      expect(() => {
        writeSafely(path, 'n'.repeat(20_000));
      }).toThrow(/EFBIG/);
    });
    expect(readFileSync(path, 'utf8')).toBe(old);
    writeSafely(path, 'room again');
    expect(readFileSync(path, 'utf8')).toBe('room again');
  },
);
