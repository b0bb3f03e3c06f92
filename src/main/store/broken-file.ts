import { renameSync } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Notice } from '../../shared/state';

/** What the person is told of a broken file. */
type BrokenFile = Extract<Notice, { kind: 'broken-file' }>;

/**
 * Moves a file that cannot be used out of the way, so that nothing in it is lost, and returns what
 * the person is told. A file that cannot even be moved stays where it is.
 */
export function moveAside(path: string, now: number): BrokenFile {
  const kept = placeBeside(path, now);
  try {
    renameSync(path, kept);
    return toldOf(path, kept);
  } catch {
    return toldOf(path, undefined);
  }
}

/**
 * Keeps a copy of a file that is partly broken, before what is whole in it takes its place, and
 * returns what the person is told. A second name for the file costs no space on a full disk;
 * where the file system has no such thing it is copied.
 */
export async function copyAside(path: string, now: number): Promise<BrokenFile> {
  const kept = placeBeside(path, now);
  try {
    await link(path, kept).catch(() => copyFile(path, kept));
    return toldOf(path, kept);
  } catch {
    return toldOf(path, undefined);
  }
}

function placeBeside(path: string, now: number): string {
  return `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
}

function toldOf(path: string, kept: string | undefined): BrokenFile {
  const keptAs = kept === undefined ? undefined : basename(kept);
  return { kind: 'broken-file', file: basename(path), keptAs };
}
