import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { I18n } from '../../../src/main/i18n';
import type { CsvFormat } from '../../../src/core/log/csv';
import type { SystemNotice } from '../../../src/shared/state';

const showSaveDialog = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({
  app: { getPath: () => '/home/maya/Documents', isPackaged: true },
  dialog: { showSaveDialog },
  protocol: {},
}));

const { exportCallLog } = await import('../../../src/main/window/csv-export');

const i18n = new I18n(() => DEFAULT_SETTINGS, {
  languages: ['en'],
  region: 'US',
  locale: 'de-DE',
  hourCycle: undefined,
});

let folder: string;
let notices: SystemNotice[];
const window = { keepOpenWhile: <Result>(action: () => Promise<Result>) => action() };
const csv = vi.fn((labels: { columns: { name: string } }) => `${labels.columns.name},…\r\n`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-csv-'));
  notices = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function exportTo(filePath: string, canceled = false) {
  showSaveDialog.mockResolvedValue({ canceled, filePath });
  const report = (notice: SystemNotice) => void notices.push(notice);
  return exportCallLog({ csv: csv }, { period: 'all', onlyCallbacks: false }, window, i18n, report);
}

test('writes the export to the chosen file', async () => {
  const file = join(folder, 'Anrufe März.csv');
  expect(await exportTo(file)).toEqual({ file });
  expect(readFileSync(file, 'utf8')).toBe('Name,…\r\n');
  expect(notices).toEqual([]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('uses the separator and formats of the system’s region in any language', async () => {
  await exportTo(join(folder, 'calls.csv'));
  const format = csv.mock.lastCall?.[0] as unknown as CsvFormat;
  expect(format.separator).toBe(';');
  expect(format.formatNumber('2025550147')).toBe('+1 202-555-0147');
});

test('writes nothing if the user cancels', async () => {
  csv.mockClear();
  expect(await exportTo('', true)).toBeNull();
  expect(csv).not.toHaveBeenCalled();
});

test('reports an export that can’t be written', async () => {
  const file = join(folder, 'missing', 'calls.csv');
  expect(await exportTo(file)).toBeNull();
  expect(notices).toEqual([{ kind: 'cannot-save', file, code: 'ENOENT' }]);
});
