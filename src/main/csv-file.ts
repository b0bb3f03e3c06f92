import { writeFile } from 'node:fs/promises';
import type { SystemNotice } from '../shared/state';
import { getErrorCode } from './storage/atomic-write';

/** Writes the export where the person wants it; `null` where it cannot be, which is told. */
export async function writeCsv(
  file: string,
  csv: string,
  report: (notice: SystemNotice) => void,
): Promise<{ readonly file: string } | null> {
  try {
    await writeFile(file, csv);
    return { file };
  } catch (error) {
    report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    return null;
  }
}
