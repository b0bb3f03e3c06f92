import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { CSV_COLUMNS, getCsvSeparator, type CsvColumn, type CsvFormat } from '../../core/log/csv';
import type { ExportSelection } from '../../core/log/export-selection';
import type { SystemNotice } from '../../shared/state';
import type { I18n } from '../i18n';
import { getErrorCode } from '../storage/atomic-write';
import type { CallLog } from '../storage/call-log';
import type { MainWindow } from './main-window';

type CsvI18n = Pick<I18n, 't' | 'formatNumber' | 'systemLocale'>;

/** Asks the user for a file and exports calls of the log to it. Returns `null` without an export. */
export async function exportCallLog(
  callLog: Pick<CallLog, 'csv'>,
  selection: ExportSelection,
  window: Pick<MainWindow, 'keepOpenWhile'>,
  i18n: CsvI18n,
  report: (notice: SystemNotice) => void,
): Promise<{ readonly file: string } | null> {
  const { canceled, filePath: file } = await window.keepOpenWhile(() =>
    dialog.showSaveDialog({
      defaultPath: join(app.getPath('documents'), 'ringside-calls.csv'),
      filters: [{ name: 'CSV', extensions: ['csv'] }],
    }),
  );
  if (canceled) return null;
  try {
    const csv = callLog.csv(createCsvFormat(i18n), selection, Date.now());
    await writeFile(file, csv, { mode: 0o600 });
    return { file };
  } catch (error) {
    report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    return null;
  }
}

/** The language, the phone numbers, and the separator of the export. */
function createCsvFormat(i18n: CsvI18n): CsvFormat {
  const { t } = i18n;
  const columns = CSV_COLUMNS.map((column) => [column, t(`csv.columns.${column}`)] as const);
  return {
    columns: Object.fromEntries(columns) as Record<CsvColumn, string>,
    outcome: (outcome) =>
      outcome.kind === 'missed' && outcome.isInferred
        ? t('csv.outcome.inferred')
        : t(`csv.outcome.${outcome.kind}`),
    direction: (direction) => t(`csv.direction.${direction}`),
    formatNumber: (number) => i18n.formatNumber(number),
    separator: getCsvSeparator(i18n.systemLocale),
  };
}
