import { copyFile, link } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Notice } from '../../shared/state';

/** What the person is told of a broken file. */
type BrokenFile = Extract<Notice, { kind: 'broken-file' }>;

/**
 * Keeps a file that is partly broken beside, before what is whole in it takes its place, and
 * returns what the person is told. A second name for the file costs no space on a full disk;
 * where the file system has no such thing it is copied.
 */
export async function copyBeside(path: string, now: number): Promise<BrokenFile> {
  const kept = `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  const file = basename(path);
  try {
    await link(path, kept).catch(() => copyFile(path, kept));
    return { kind: 'broken-file', file, keptAs: basename(kept) };
  } catch {
    return { kind: 'broken-file', file, keptAs: undefined };
  }
}
