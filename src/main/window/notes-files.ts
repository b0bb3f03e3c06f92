import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { parseNotesFile, toNotesCsv, toVCards } from '../../core/notes/notes-files';
import type { SystemNotice } from '../../shared/state';
import { getErrorCode } from '../storage/atomic-write';
import type { NotesStore } from '../storage/notes-store';
import { decodeText } from '../storage/decode-text';
import type { MainWindow } from './main-window';

/** Larger files aren't address books. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
const FILTERS = [
  { name: 'CSV', extensions: ['csv'] },
  { name: 'vCard', extensions: ['vcf', 'vcard'] },
];

/** Asks the user for a file and exports the notes to it. Returns `null` without an export. */
export async function exportNotes(
  notes: Pick<NotesStore, 'all'>,
  window: Pick<MainWindow, 'keepOpenWhile'>,
  report: (notice: SystemNotice) => void,
): Promise<{ readonly file: string } | null> {
  const { canceled, filePath: file } = await window.keepOpenWhile(() =>
    dialog.showSaveDialog({
      defaultPath: join(app.getPath('documents'), 'ringside-notes.csv'),
      filters: FILTERS,
    }),
  );
  if (canceled) return null;
  const text = /\.vc(?:f|ard)$/i.test(file) ? toVCards(notes.all) : toNotesCsv(notes.all);
  try {
    await writeFile(file, text, { mode: 0o600 });
    return { file };
  } catch (error) {
    report({ kind: 'cannot-save', file, code: getErrorCode(error) });
    return null;
  }
}

/** Asks the user for a file and adds its notes. Returns how many, or `null` if the user canceled. */
export async function importNotes(
  notes: Pick<NotesStore, 'put'>,
  window: Pick<MainWindow, 'keepOpenWhile'>,
): Promise<{ readonly count: number } | null> {
  const { canceled, filePaths } = await window.keepOpenWhile(() =>
    dialog.showOpenDialog({
      properties: ['openFile'],
      filters: [
        { name: 'CSV, vCard', extensions: FILTERS.flatMap(({ extensions }) => extensions) },
      ],
    }),
  );
  const [file] = filePaths;
  if (canceled || file === undefined) return null;
  try {
    const { size } = await stat(file);
    const { numbers, customers } = parseNotesFile(
      size > MAX_FILE_BYTES ? '' : decodeText(await readFile(file)),
    );
    if (numbers.length + customers.length > 0) notes.put(numbers, customers);
    return { count: numbers.length + customers.length };
  } catch {
    return { count: 0 };
  }
}
