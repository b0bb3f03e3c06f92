import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Region } from '../../../src/core/calls/phone';
import { NotesStore } from '../../../src/main/storage/notes-store';
import type { SystemNotice } from '../../../src/shared/state';

const NOTE = { number: '(202) 555-0147', name: 'Grace', text: 'VIP', priority: 'vip' } as const;
let folder: string;
let path: string;
let notices: SystemNotice[];
const i18n: { region: Region | undefined } = { region: 'US' };
const open = (): NotesStore => new NotesStore(path, i18n, (notice) => void notices.push(notice));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notes-'));
  path = join(folder, 'notes.json');
  notices = [];
  i18n.region = 'US';
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('NotesStore', () => {
  test('keeps notes across restarts and reports each change', () => {
    const store = open();
    const onChange = vi.fn();
    store.on('change', onChange);
    const before = store.index;
    store.put([NOTE], [{ customer: 'Bright Dental', text: 'Say hello', priority: 'normal' }]);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(store.index).not.toBe(before);
    expect(open().index.getNumberNote('+12025550147')).toEqual(NOTE);
    expect(open().search('hello').customers).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toContain('"version":1');
  });

  test.each(['utf8', 'utf16le'] as const)(
    'reads a file in %s with a byte order mark',
    (encoding) => {
      open().put([NOTE]);
      writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`, encoding);
      expect(open().index.getNumberNote('+12025550147')).toEqual(NOTE);
      expect(notices).toEqual([]);
    },
  );

  test('follows the region', () => {
    const store = open();
    store.put([NOTE]);
    i18n.region = 'DE';
    expect(store.index.getNumberNote('+12025550147')).toBeUndefined();
  });

  test('starts without a file', () => {
    expect(open().all).toEqual({ numbers: [], customers: [] });
    expect(notices).toEqual([]);
  });

  test.each(['{', '[]', '{"version":2}'])('keeps a copy of an unreadable file: %s', (text) => {
    writeFileSync(path, text);
    expect(open().all.numbers).toEqual([]);
    expect(notices).toMatchObject([{ kind: 'broken-file', file: 'notes.json' }]);
    expect(existsSync(path)).toBe(false);
  });

  test('deletes the notes and the copies of broken files', () => {
    writeFileSync(path, '{');
    const store = open();
    store.put([NOTE]);
    store.clear();
    expect(store.all.numbers).toEqual([]);
    expect(readdirSync(folder)).toEqual(['notes.json']);
    expect(readFileSync(path, 'utf8')).not.toContain('Grace');
  });

  test('keeps notes in memory if they cannot be saved', () => {
    const store = new NotesStore(
      join('/proc', 'notes.json'),
      i18n,
      (one) => void notices.push(one),
    );
    store.put([NOTE]);
    expect(store.all.numbers).toHaveLength(1);
    expect(notices).toMatchObject([{ kind: 'cannot-save' }]);
  });
});
