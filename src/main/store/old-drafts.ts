import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What the store puts beside a file while it writes it: ten digits of the time, six of chance. */
const DRAFT = /^\.tmp-\d{10}[\da-f]{6}$/;

/**
 * Removes the drafts of a file that were last written before an instant (ms since 1970). Whoever
 * is killed while writing leaves one behind, which nobody would ever use or take away. Never
 * throws: what cannot be removed is tried again another time.
 */
export function removeDrafts(path: string, before: number): void {
  const name = basename(path);
  try {
    for (const file of readdirSync(dirname(path))) {
      if (!file.startsWith(name) || !DRAFT.test(file.slice(name.length))) continue;
      const draft = join(dirname(path), file);
      if (statSync(draft).mtimeMs < before) rmSync(draft);
    }
  } catch {
    // A folder that cannot be read or written is told of by whoever saves in it.
  }
}
