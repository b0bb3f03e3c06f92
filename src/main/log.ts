import { appendFileSync, mkdirSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';

/** The largest log file in bytes; the one before it is kept as `main.old.log`. */
const LARGEST = 1024 * 1024;

/** What may be a phone number, in any digits, but no place in a script. */
const NUMBER = /(?<!\.[cm]?js:[\d:]*)\+?\p{Nd}[\p{Nd}\s().\-/]{4,}\p{Nd}/gu;
/** With fewer digits it is a version, an extension or a time. */
const FEWEST_DIGITS = 6;
/** What follows the host in an address, where a screen pop tells who calls. */
const WITHIN_HOST = /\b(https?:\/\/[^\s/?#"']+)[/?#][^\s"')]*/gi;

/** Masks what a log must not tell: numbers but for their last two digits, addresses but the host. */
export function masked(text: string): string {
  return text.replace(WITHIN_HOST, '$1/…').replace(NUMBER, (number) => {
    const digits = number.match(/\p{Nd}/gu) ?? [];
    return digits.length < FEWEST_DIGITS ? number : `…${digits.slice(-2).join('')}`;
  });
}

/** How much something in the log matters. */
type Level = 'info' | 'error';

let file: string | undefined;
let onTerminal: readonly Level[] = ['error'];

/** Writes the log to `<profile>/logs/main.log`, and to the terminal while developing. */
export function startLog(profile: string, toTerminal: boolean): void {
  file = join(profile, 'logs', 'main.log');
  onTerminal = toTerminal ? ['info', 'error'] : ['error'];
}

/**
 * Says something in the log, masked. Of our own rather than a package's: those bring a network
 * stack along, and Ringside started 15 ms of processor time later for it.
 */
export const log = {
  info: (...parts: readonly unknown[]): void => {
    write('info', parts);
  },
  error: (...parts: readonly unknown[]): void => {
    write('error', parts);
  },
};

function write(level: Level, parts: readonly unknown[]): void {
  const text = parts.map((part) => masked(textOf(part))).join(' ');
  const line = `[${new Date().toISOString()}] [${level}] ${text}\n`;
  if (onTerminal.includes(level)) tell(line);
  if (file !== undefined) append(file, line);
}

/** A full or forbidden disk takes nothing but the log: there is nowhere left to say so. */
function append(path: string, line: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size + line.length > LARGEST) renameSync(path, path.replace(/\.log$/, '.old.log'));
    appendFileSync(path, line, { mode: 0o600 });
  } catch (error) {
    tell(`The log cannot be written: ${masked(textOf(error))}\n`);
  }
}

function tell(line: string): void {
  try {
    writeSync(2, line);
  } catch {
    // The terminal is gone, or there never was one: nobody reads it.
  }
}

function textOf(part: unknown): string {
  if (part instanceof Error) return part.stack ?? part.message;
  return typeof part === 'string' ? part : inspect(part);
}
