import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { CSV_COLUMNS, type CsvColumn, type CsvLabels } from '../../core/log/csv';
import type { SystemNotice } from '../../shared/state';
import type { Translate } from '../i18n';
import { getErrorCode } from '../storage/atomic-write';
import type { CallLog } from '../storage/call-log';
import type { MainWindow } from './main-window';

/** Asks the user for a file and exports the call log to it. Returns `null` without an export. */
export async function exportCallLog(
  callLog: Pick<CallLog, 'csv'>,
  window: Pick<MainWindow, 'keepOpenWhile'>,
  t: Translate,
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
    await writeFile(file, callLog.csv(getCsvLabels(t)));
    return { file };
  } catch (error) {
    report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    return null;
  }
}

function getCsvLabels(t: Translate): CsvLabels {
  const columns = CSV_COLUMNS.map((column) => [column, t(`csv.columns.${column}`)] as const);
  return {
    columns: Object.fromEntries(columns) as Record<CsvColumn, string>,
    outcome: (outcome) =>
      outcome.kind === 'missed' && outcome.isInferred
        ? t('csv.outcome.inferred')
        : t(`csv.outcome.${outcome.kind}`),
    direction: (direction) => t(`csv.direction.${direction}`),
  };
}
