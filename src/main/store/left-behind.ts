import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What the store puts beside a file while it writes it: ten digits of the time, six of chance. */
const DRAFT = /^\.tmp-\d{10}[\da-f]{6}$/;
/** What is kept of a file that was broken. */
const BROKEN = /^\.broken-/;

/**
 * Removes the drafts of a file that were last written before an instant (ms since 1970). Whoever
 * is killed while writing leaves one behind, which nobody would ever use or take away.
 */
export function removeDrafts(path: string, before: number): void {
  removeBeside(path, (ending, file) => DRAFT.test(ending) && statSync(file).mtimeMs < before);
}

/** Removes the drafts of a file and what was kept when it was broken, so that nothing tells. */
export function removeTraces(path: string): void {
  removeBeside(path, (ending) => DRAFT.test(ending) || BROKEN.test(ending));
}

/** Never throws: what cannot be removed stays, and the app runs on. */
function removeBeside(path: string, isWanted: (ending: string, file: string) => boolean): void {
  const name = basename(path);
  try {
    for (const other of readdirSync(dirname(path))) {
      if (!other.startsWith(name)) continue;
      const file = join(dirname(path), other);
      if (isWanted(other.slice(name.length), file)) rmSync(file);
    }
  } catch {
    // A folder that cannot be read or written is told of by whoever saves in it.
  }
}
