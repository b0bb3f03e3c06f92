import { basename } from 'node:path';
import { lineOf, LONGEST_LINE, readLine } from '../../core/log/saved-entry';
import { carriedOn } from '../../core/log/seen';
import type { LogEntry } from '../../core/log-entry';
import type { Notice } from '../../shared/state';
import { copyAside, moveAside } from './broken-file';
import { codeOf } from './error-code';
import { removeTraces } from './left-behind';
import { LineFile } from './line-file';

/** What earlier runs left behind. */
export interface Found {
  readonly entries: Map<string, LogEntry>;
  /** Whether some lines are no entries, or the file cannot be read to its end. */
  readonly damage: 'none' | 'lines' | 'file';
}

/** Lines that the file may have beyond twice what it needs before it is tidied up. */
const SLACK = 500;
/** Entries written at a time when the file is tidied up: a few ms of work. */
const BATCH = 250;

/**
 * The entries of the call log on disk: each version of one is a line added at the end, and the
 * last line of a session counts. What cannot be saved is tried again with the next save.
 */
export class CallFile {
  readonly #file: LineFile;
  /** Lines of a newer Ringside, kept for it. */
  #newer: readonly string[] = [];
  /** Lines in the file. */
  #lines = 0;
  /** Ids whose last version is not in the file, and whether that was made up blindly. */
  readonly #unsaved = new Map<string, { readonly blind: boolean }>();
  /** The file still holds what was cleared. */
  #toRemove = false;
  /** No line in the file is needed that is not among the entries, or is kept beside. */
  #replaceable = false;
  #tidying = false;
  /** What is being written anew holds what must not stay. */
  #tidyAgain = false;
  /** After a failure: the number of lines at which tidying up is tried again. */
  #tidyBeyond = 0;
  #failing = false;
  #closed = false;

  constructor(
    private readonly path: string,
    /** The entries as they are now: what is saved, and all that is saved. */
    private readonly entries: ReadonlyMap<string, LogEntry>,
    private readonly report: (notice: Notice) => void,
  ) {
    this.#file = new LineFile(path, LONGEST_LINE, (error) => {
      this.#cannotSave(error);
    });
  }

  /** Reads what was there before the first save, without holding up other work. */
  async read(): Promise<Found> {
    const entries = new Map<string, LogEntry>();
    const newer: string[] = [];
    let read = 0;
    let damage: Found['damage'] = 'none';
    try {
      await this.#file.read((text) => {
        read += 1;
        const line = readLine(text);
        if (line.kind === 'newer') newer.push(text);
        else if (line.kind === 'rubbish') damage = 'lines';
        else {
          const { id } = line.entry.facts;
          entries.set(id, line.blind ? carriedOn(entries.get(id), line.entry) : line.entry);
        }
      });
    } catch {
      damage = 'file';
    }
    this.#lines += read;
    this.#newer = newer;
    return { entries, damage };
  }

  /**
   * Puts the file in order once what {@link read} found is in: keeps beside what is broken, and
   * writes it anew where lines are broken or `forgotten`. Never throws.
   */
  async putInOrder(damage: Found['damage'], forgotten: boolean, now: number): Promise<void> {
    if (damage === 'file') {
      this.report(moveAside(this.path, now));
      this.#lines = 0;
    } else if (damage === 'lines') {
      const notice = await copyAside(this.path, now);
      this.report(notice);
      if (notice.keptAs === undefined) return;
    }
    this.#replaceable = true;
    this.save(damage === 'file' ? [...this.entries.keys()] : []);
    if (damage === 'lines' || forgotten) this.tidy();
    else this.#tidyIfGrown();
  }

  /**
   * Saves these entries, and what could not be saved before. `blind` are those made without
   * knowing what {@link read} will find.
   */
  save(ids: readonly string[], { blind = false } = {}): void {
    for (const id of ids) this.#unsaved.set(id, { blind });
    if (this.#unsaved.size === 0 && !this.#toRemove) return;
    const lines = [...this.#unsaved].flatMap(([id, how]) => {
      const entry = this.entries.get(id);
      return entry ? [`${lineOf(entry, how)}\n`] : [];
    });
    try {
      if (this.#toRemove) this.#file.remove();
      this.#toRemove = false;
      if (lines.length > 0) this.#file.append(lines.join(''));
    } catch (error) {
      this.#cannotSave(error);
      return;
    }
    this.#unsaved.clear();
    this.#lines += lines.length;
    this.#failing = false;
    this.#tidyIfGrown();
  }

  /** Writes the file anew with nothing but what is wanted, in the background. */
  tidy(): void {
    if (this.#tidying || !this.#replaceable || this.#toRemove || this.#closed) return;
    this.#tidying = true;
    this.#tidyAgain = false;
    void this.#replace().finally(() => {
      this.#tidying = false;
      if (this.#tidyAgain) this.tidy();
    });
  }

  /** The same where what is no longer wanted must not stay in the file. */
  purge(): void {
    if (this.#tidying) this.#tidyAgain = true;
    else this.tidy();
  }

  /** Removes what was kept of broken files: nobody can tell whose calls are in it. */
  removeCopies(): void {
    removeTraces(this.path);
  }

  /** Removes everything, copies of broken files included. */
  remove(): void {
    this.#unsaved.clear();
    this.#newer = [];
    this.#lines = 0;
    this.#toRemove = true;
    this.#tidyAgain = false;
    this.#replaceable = true;
    this.save([]);
  }

  /** Makes sure that what was saved is on the disk, before the app ends. */
  close(): void {
    this.#closed = true;
    this.save([]);
    this.#file.finish();
  }

  async #replace(): Promise<void> {
    const entries = [...this.entries.values()];
    const needed = entries.length + this.#newer.length;
    const linesBefore = this.#lines;
    try {
      const replaced = await this.#file.replace(chunksOf(this.#newer, entries));
      if (replaced) this.#lines = needed + this.#lines - linesBefore;
      this.#tidyBeyond = 0;
    } catch (error) {
      this.#tidyBeyond = this.#lines + SLACK;
      this.#cannotSave(error);
    }
  }

  #tidyIfGrown(): void {
    const most = 2 * (this.entries.size + this.#newer.length) + SLACK;
    if (this.#lines > Math.max(most, this.#tidyBeyond)) this.tidy();
  }

  #cannotSave(error: unknown): void {
    if (this.#failing) return;
    this.#failing = true;
    this.report({ kind: 'cannot-save', file: basename(this.path), code: codeOf(error) });
  }
}

function* chunksOf(newer: readonly string[], entries: readonly LogEntry[]): Generator<string> {
  yield newer.map((line) => `${line}\n`).join('');
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH);
    yield batch.map((entry) => `${lineOf(entry)}\n`).join('');
  }
}
