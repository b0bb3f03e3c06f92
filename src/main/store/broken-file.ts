import { renameSync } from 'node:fs';
import { basename } from 'node:path';
import type { Notice } from '../../shared/state';

/**
 * Moves a file that cannot be used out of the way, so that nothing in it is lost, and returns what
 * the person is told. A file that cannot even be moved stays where it is.
 */
export function keepBeside(path: string, now: number): Notice {
  const kept = `${path}.broken-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  try {
    renameSync(path, kept);
    return { kind: 'broken-file', file: basename(path), keptAs: basename(kept) };
  } catch {
    return { kind: 'broken-file', file: basename(path), keptAs: undefined };
  }
}
