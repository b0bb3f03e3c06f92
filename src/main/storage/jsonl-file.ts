import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureFolder, getErrorCode, writeFileAtomic } from './atomic-write';
import { removeCopies } from './broken-file';

/**
 * A file with one JSON value per line that only grows until it's replaced as a whole. When a method
 * returns, the operating system has the data, so killing the app loses nothing. All methods throw
 * the file system's error.
 */
export class JsonlFile {
  /** An interrupted write may have left a partial line at the end. */
  #mayEndMidLine = false;
  #lineCount = 0;

  constructor(readonly path: string) {}

  /** Number of lines in the file. */
  get lineCount(): number {
    return this.#lineCount;
  }

  /** Returns the lines of the file, a partial one at the end included. */
  read(): readonly string[] {
    const text = this.#readText();
    this.#mayEndMidLine = text !== '' && !text.endsWith('\n');
    const lines = text.split('\n').filter((line) => line !== '');
    this.#lineCount = lines.length;
    return lines;
  }

  /** Adds lines at the end. */
  append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    ensureFolder(dirname(this.path));
    const text = `${this.#mayEndMidLine ? '\n' : ''}${toText(lines)}`;
    this.#mayEndMidLine = true;
    appendFileSync(this.path, text, { mode: 0o600 });
    this.#mayEndMidLine = false;
    this.#lineCount += lines.length;
  }

  /** Replaces the file. A kill or a power cut leaves either the old or the new lines. */
  replace(lines: readonly string[]): void {
    writeFileAtomic(this.path, toText(lines), { fsync: true });
    this.#mayEndMidLine = false;
    this.#lineCount = lines.length;
  }

  /** Removes the file and the copies that were kept of it. */
  remove(): void {
    this.#mayEndMidLine = false;
    this.#lineCount = 0;
    removeCopies(this.path);
    rmSync(this.path, { force: true });
  }

  #readText(): string {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if (getErrorCode(error) === 'ENOENT') return '';
      throw error;
    }
  }
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
