import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomic } from '../../../src/main/storage/atomic-write';
import { CAN_LIMIT_FILE_SIZE, withFileSizeLimit } from './file-size-limit';
import { CAN_MOUNT, makeReadOnly, mountDisk, unmountDisk } from './mounted-disk';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-write-'));
  path = join(folder, 'file.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('replaces a file as a whole and leaves nothing beside it', () => {
  writeFileAtomic(path, 'old');
  writeFileAtomic(path, 'new ☎', { fsync: true });
  expect(readFileSync(path, 'utf8')).toBe('new ☎');
  expect(readdirSync(folder)).toEqual(['file.json']);
});

test.skipIf(process.platform === 'win32')('makes a file readable by its owner only', () => {
  writeFileAtomic(join(folder, 'new', 'folder', 'file.json'), 'x');
  expect(statSync(join(folder, 'new', 'folder', 'file.json')).mode & 0o077).toBe(0);
});

test('throws and keeps the old file if nothing can be written', () => {
  writeFileSync(path, 'old');
  expect(() => {
    writeFileAtomic(join(path, 'file.json'), 'new');
  }).toThrow(/ENOTDIR/);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test.runIf(CAN_LIMIT_FILE_SIZE)('throws and keeps the old file on a full disk', () => {
  const old = 'o'.repeat(10_000);
  writeFileAtomic(path, old);
  withFileSizeLimit(4_096, () => {
    expect(() => {
      writeFileAtomic(path, 'n'.repeat(20_000));
    }).toThrow(/EFBIG/);
  });
  expect(readFileSync(path, 'utf8')).toBe(old);
  expect(readdirSync(folder)).toEqual(['file.json']);
});

test.runIf(CAN_MOUNT)('throws EROFS on a read-only disk, also where a folder is missing', () => {
  mountDisk(folder);
  makeReadOnly(folder);
  try {
    for (const file of [path, join(folder, 'new', 'folder', 'file.json')]) {
      expect(() => {
        writeFileAtomic(file, 'x');
      }).toThrow(/EROFS/);
    }
  } finally {
    unmountDisk(folder);
  }
});
