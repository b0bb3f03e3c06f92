import { homedir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { MainLogger } from 'electron-log';
import { sanitizeLine, truncate } from '../core/api/sanitize';

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

/** An error as the report for support tells it: where, and no more of it than nobody is in. */
export interface LastError {
  /** Ms since 1970. */
  readonly at: number;
  readonly text: string;
}

/** Errors that are remembered for the report. */
const MOST_ERRORS = 10;
/** What is told of one of them, in UTF-16 units. */
const LONGEST_ERROR = 300;
/** What an error quotes may be anybody's name, unless it is a word of a program. */
const QUOTED = /(["'`])(?![a-z][A-Za-z]*\1)[^"'`\n]*\1/g;

const errors: LastError[] = [];

/** The latest errors, the oldest first: masked, and without what they quote and whose machine. */
export function lastErrors(): readonly LastError[] {
  return [...errors];
}

function remember(parts: readonly unknown[]): void {
  const [first = '', where = ''] = parts.map(textOf).join(': ').split(/\n\s+/);
  const text = masked(`${first} ${where}`.trim())
    .replaceAll(homedir(), '~')
    .replace(QUOTED, '$1…$1');
  errors.push({ at: Date.now(), text: truncate(sanitizeLine(text), LONGEST_ERROR) });
  if (errors.length > MOST_ERRORS) errors.shift();
}

/** Where the log goes. */
let place = { path: '', toTerminal: true };
let writer: Promise<MainLogger> | undefined;

/** Writes the log to `<profile>/logs/main.log`, and to the terminal while developing. */
export function startLog(profile: string, toTerminal: boolean): void {
  place = { path: join(profile, 'logs', 'main.log'), toTerminal };
}

/** Says something in the log, masked. */
export const log = {
  info: (...parts: readonly unknown[]): void => void say('info', parts),
  error: (...parts: readonly unknown[]): void => {
    remember(parts);
    void say('error', parts);
  },
};

async function say(level: 'info' | 'error', parts: readonly unknown[]): Promise<void> {
  try {
    writer ??= openLog();
    (await writer)[level](...parts);
  } catch {
    // That there is no log cannot be logged: each failure would be the next one's message.
  }
}

/** What writes is loaded with the first message: 5 ms of processor time at each start. */
async function openLog(): Promise<MainLogger> {
  const { default: opened } = await import('electron-log/main');
  const { path, toTerminal } = place;
  opened.transports.file.resolvePathFn = () => path;
  opened.transports.file.maxSize = LARGEST;
  opened.transports.file.level = 'info';
  opened.transports.console.level = toTerminal ? 'info' : 'error';
  opened.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => masked(textOf(part))),
  }));
  return opened;
}

function textOf(part: unknown): string {
  if (part instanceof Error) return part.stack ?? part.message;
  return typeof part === 'string' ? part : inspect(part);
}
