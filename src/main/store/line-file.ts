import {
  appendFileSync,
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  createReadStream,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './error-code';

const NEWLINE = '\n'.charCodeAt(0);
/** Bytes read at a time: the lines in them take a few ms at most, also on a slow machine. */
const CHUNK = 16 * 1024;
/** How long (ms) lines may be with the system only before they are forced to the disk. */
const SYNC_AFTER = 1_000;

/**
 * A file of lines that only grows, until it is replaced whole. No descriptor stays open: lines are
 * rare, and the file can be replaced, moved or removed at any time, on every platform.
 */
export class LineFile {
  /** Lines added while a replacement is written: it needs them too. */
  #meanwhile: string[] | null = null;
  /** Bytes that the file had before the first line was added. */
  #older: number | undefined;
  #sync: NodeJS.Timeout | undefined;

  constructor(
    private readonly path: string,
    /** Longest line in bytes: what is longer is handed on in pieces, none of them a line. */
    private readonly longest: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  /**
   * Adds text, which ends with a line's end. When it returns, the system has the text, and a kill
   * of the app costs nothing; a power cut costs what was added in the last second. Throws what
   * the file system throws; the file is then as it was.
   */
  append(text: string): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const file = openSync(this.path, 'a+', 0o600);
    try {
      const { size } = fstatSync(file);
      this.#older ??= size;
      appendWhole(file, text, size);
    } finally {
      closeSync(file);
    }
    this.#meanwhile?.push(text);
    this.#sync ??= setTimeout(() => void this.#syncNow(), SYNC_AFTER).unref();
  }

  /** Hands on the lines that the file had before any was added, without holding up other work. */
  async read(take: (line: string) => void): Promise<void> {
    const size = this.#older ?? sizeOf(this.path);
    if (size === 0) return;
    let rest = Buffer.alloc(0);
    const stream = createReadStream(this.path, { end: size - 1, highWaterMark: CHUNK });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([rest, chunk]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line !== '') take(line);
      rest = bytes.subarray(end);
      if (rest.length <= this.longest) continue;
      take(rest.toString('utf8'));
      rest = Buffer.alloc(0);
    }
    if (rest.length > 0) take(rest.toString('utf8'));
  }

  /**
   * Writes a new file in the background and puts it in the place of the old one, together with
   * the lines that were added in the meantime; a kill or a power cut at any moment leaves one or
   * the other. Not to be called again before it is done. Returns whether it came to that: not
   * when the file was removed in the meantime.
   */
  async replace(chunks: Iterable<string>): Promise<boolean> {
    const meanwhile: string[] = [];
    this.#meanwhile = meanwhile;
    const draft = `${this.path}.new`;
    try {
      const file = await open(draft, 'w', 0o600);
      try {
        for (const chunk of chunks) await file.appendFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      // From here on nothing waits, so that no line can come in between.
      if (this.#meanwhile === meanwhile) {
        appendFileSync(draft, meanwhile.join(''));
        renameSync(draft, this.path);
        return true;
      }
      rmSync(draft, { force: true });
      return false;
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    } finally {
      if (this.#meanwhile === meanwhile) this.#meanwhile = null;
    }
  }

  /** Removes the file and whatever was kept beside it. Throws what the file system throws. */
  remove(): void {
    this.#meanwhile = null;
    const folder = dirname(this.path);
    const name = basename(this.path);
    for (const file of filesIn(folder)) {
      const isBeside = file.startsWith(`${name}.broken-`) || file === `${name}.new`;
      if (isBeside || file === name) rmSync(join(folder, file));
    }
  }

  /** Forces to the disk what was added, before the app ends. */
  finish(): void {
    if (!this.#sync) return;
    clearTimeout(this.#sync);
    this.#sync = undefined;
    try {
      const file = openSync(this.path, 'r+');
      try {
        fdatasyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      if (!isAbsent(error)) this.failed(error);
    }
  }

  async #syncNow(): Promise<void> {
    this.#sync = undefined;
    try {
      const file = await open(this.path, 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!isAbsent(error)) this.failed(error);
    }
  }
}

/** Appends all of a text or none of it, on a line of its own even after a torn one. */
function appendWhole(file: number, text: string, size: number): void {
  try {
    writeFileSync(file, endsTorn(file, size) ? `\n${text}` : text);
  } catch (error) {
    try {
      ftruncateSync(file, size);
    } catch {
      // Then half a line stays, and is skipped when read; the first error is the one to tell.
    }
    throw error;
  }
}

function endsTorn(file: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (isAbsent(error)) return 0;
    throw error;
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    const found = readdirSync(folder, { withFileTypes: true });
    return found.flatMap((item) => (item.isDirectory() ? [] : [item.name]));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
