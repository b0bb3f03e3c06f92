import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeCsv } from '../../src/main/csv-file';
import type { SystemNotice } from '../../src/shared/state';

test('an export is written where the person wants it', async () => {
  const { folder, told, report } = somewhere();
  const file = join(folder, 'Anrufe März.csv');
  expect(await writeCsv(file, 'a,b\r\n', report)).toEqual({ file });
  expect(readFileSync(file, 'utf8')).toBe('a,b\r\n');
  expect(told).toEqual([]);
});

test('an export that cannot be written is told, and nothing is said to be saved', async () => {
  const { folder, told, report } = somewhere();
  const file = join(folder, 'gone', 'calls.csv');
  expect(await writeCsv(file, '', report)).toBeNull();
  expect(told).toEqual([{ kind: 'cannot-save', file, code: 'ENOENT' }]);
});

function somewhere() {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-csv-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const told: SystemNotice[] = [];
  const report = (notice: SystemNotice): void => {
    told.push(notice);
  };
  return { folder, told, report };
}
