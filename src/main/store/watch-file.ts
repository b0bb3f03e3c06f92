import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { elapsedWithSleep } from '../../core/mark';
import { fromSaved, savedText } from '../../core/watch/saved';
import { NEW_WATCH, takenUpAgain, type Watch } from '../../core/watch/watch';
import type { Notice } from '../../shared/state';
import { moveAside } from './broken-file';
import { codeOf } from './error-code';
import { makeFolder, writeSafely } from './write-safely';

/** How old (ms) the saved moment of the last answer may become when nothing else changed. */
const STALE = 30_000;

/**
 * The memory of what was told, on disk. Written before an alert is shown: a kill in between costs
 * one notification, of which the unseen count still tells, where the other order would repeat
 * every alert that a kill interrupts.
 */
export class WatchFile {
  #saved: Watch | undefined;

  constructor(
    private readonly path: string,
    private readonly report: (notice: Notice) => void,
  ) {}

  /** The watch as the last run left it; a new one when there is none that can be read. */
  load(now: number): Watch {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') this.report(moveAside(this.path, now));
      return NEW_WATCH;
    }
    const read = fromSaved(parsed(text));
    if (!read.ok) {
      this.report(moveAside(this.path, now));
      return NEW_WATCH;
    }
    return takenUpAgain(read.watch);
  }

  /** Keeps the watch, if it says anything new. */
  save(watch: Watch): void {
    if (this.#saved && saysTheSame(this.#saved, watch)) return;
    this.#write(watch);
  }

  /** Keeps the watch with the exact moment of the last answer, before the app ends. */
  finish(watch: Watch): void {
    if (this.#saved !== watch) this.#write(watch);
  }

  #write(watch: Watch): void {
    try {
      makeFolder(dirname(this.path));
      writeSafely(this.path, savedText(watch));
      this.#saved = watch;
    } catch (error) {
      this.report({ kind: 'cannot-save', file: basename(this.path), code: codeOf(error) });
    }
  }
}

function saysTheSame(saved: Watch, watch: Watch): boolean {
  if (saved.calls !== watch.calls || saved.told !== watch.told) return false;
  if (saved.waiting !== watch.waiting) return false;
  if (saved.seenAt === null || watch.seenAt === null) return saved.seenAt === watch.seenAt;
  return elapsedWithSleep(saved.seenAt, watch.seenAt) < STALE;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
