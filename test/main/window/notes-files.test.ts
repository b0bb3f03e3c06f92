import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SystemNotice } from '../../../src/shared/state';

const dialogs = vi.hoisted(() => ({ showOpenDialog: vi.fn(), showSaveDialog: vi.fn() }));
vi.mock('electron', () => ({
  app: { getPath: () => '/home/maya/Documents', isPackaged: true },
  dialog: dialogs,
  protocol: {},
}));

const { exportNotes, importNotes } = await import('../../../src/main/window/notes-files');

const NOTE = { number: '+12025550147', name: 'Grace', text: '', priority: 'normal' } as const;
const window = { keepOpenWhile: <Result>(action: () => Promise<Result>) => action() };
const put = vi.fn();

let folder: string;
let notices: SystemNotice[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-notes-'));
  notices = [];
  put.mockClear();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function exportTo(file: string) {
  dialogs.showSaveDialog.mockResolvedValue({ canceled: false, filePath: file });
  const report = (notice: SystemNotice) => void notices.push(notice);
  return exportNotes({ all: { numbers: [NOTE], customers: [] } }, window, report);
}

function importFrom(...filePaths: readonly string[]) {
  dialogs.showOpenDialog.mockResolvedValue({ canceled: filePaths.length === 0, filePaths });
  return importNotes({ put }, window);
}

describe('exported notes', () => {
  test.each(['notes.csv', 'notes.vcf'])('can be read only by the user: %s', async (name) => {
    const file = join(folder, name);
    expect(await exportTo(file)).toEqual({ file });
    expect(readFileSync(file, 'utf8').startsWith('BEGIN:VCARD')).toBe(name.endsWith('vcf'));
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await importFrom(file)).toEqual({ count: 1 });
    expect(put).toHaveBeenCalledExactlyOnceWith([NOTE], []);
  });

  test('are reported if they can’t be written', async () => {
    const file = join(folder, 'missing', 'notes.csv');
    expect(await exportTo(file)).toBeNull();
    expect(notices).toEqual([{ kind: 'cannot-save', file, code: 'ENOENT' }]);
  });
});

describe('an import of notes', () => {
  test('changes nothing if the user cancels', async () => {
    expect(await importFrom()).toBeNull();
    expect(put).not.toHaveBeenCalled();
  });

  test('reads neither a folder nor a file that is missing or huge', async () => {
    const huge = join(folder, 'huge.csv');
    writeFileSync(huge, 'number,name\r\n1,Ada\r\n');
    truncateSync(huge, 20 * 1024 * 1024 + 1);
    for (const path of [folder, join(folder, 'missing.csv'), huge]) {
      expect(await importFrom(path)).toEqual({ count: 0 });
    }
    expect(put).not.toHaveBeenCalled();
  });
});
