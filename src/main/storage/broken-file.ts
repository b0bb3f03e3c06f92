import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SystemNotice } from '../../shared/state';

type BrokenFileNotice = Extract<SystemNotice, { kind: 'broken-file' }>;

/** Temporary files of `atomically` and of earlier versions; a kill while writing leaves one behind. */
const TEMPORARY_SUFFIX = /^\.tmp(?:-\d{10}[\da-f]{6})?$/;
const QUARANTINE_SUFFIX = /^\.broken-/;

/** Renames an unusable file so that nothing in it is lost. A file that can't be moved stays. */
export function quarantine(path: string): BrokenFileNotice {
  return keepAs(path, (quarantinePath) => {
    renameSync(path, quarantinePath);
  });
}

/** Copies a partly broken file before it's replaced by what could be read from it. */
export function quarantineCopy(path: string): BrokenFileNotice {
  return keepAs(path, (quarantinePath) => {
    try {
      copyFileSync(path, quarantinePath);
    } catch (error) {
      rmSync(quarantinePath, { force: true });
      throw error;
    }
  });
}

function keepAs(path: string, keep: (quarantinePath: string) => void): BrokenFileNotice {
  const quarantinePath = `${path}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  const file = basename(path);
  try {
    keep(quarantinePath);
    return { kind: 'broken-file', file, keptAs: basename(quarantinePath) };
  } catch {
    return { kind: 'broken-file', file, keptAs: undefined };
  }
}

/** Removes the temporary files that interrupted writes left beside a file. */
export function removeTemporaryFiles(path: string): void {
  removeSiblings(path, (suffix) => TEMPORARY_SUFFIX.test(suffix));
}

/** Removes everything beside a file that may hold parts of it. */
export function removeCopies(path: string): void {
  removeSiblings(path, (suffix) => TEMPORARY_SUFFIX.test(suffix) || QUARANTINE_SUFFIX.test(suffix));
}

function removeSiblings(path: string, matches: (suffix: string) => boolean): void {
  const folder = dirname(path);
  const name = basename(path);
  try {
    for (const sibling of readdirSync(folder)) {
      if (sibling.startsWith(name) && matches(sibling.slice(name.length))) {
        rmSync(join(folder, sibling));
      }
    }
  } catch {
    // A folder that can't be read or written is reported by the next save.
  }
}
