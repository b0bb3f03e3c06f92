import { chmodSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import type { MainLogger } from 'electron-log';
import { sanitizeLine, truncate } from '../core/api/sanitize';
import { ensureFolder } from './storage/atomic-write';

/** The file before this size was reached is kept as `main.old.log`. */
const MAX_LOG_BYTES = 1024 * 1024;

/**
 * What may be a phone number, in any script's digits, or a position in a source file. Takes linear
 * time: an update server can put any text into an error.
 */
const PHONE_NUMBER = /\.[cm]?js:[\d:]+|\+?\p{Nd}[\p{Nd}\s().\-/]{4,}\p{Nd}/gu;
/** Shorter numbers are versions, extensions, or times. */
const MIN_PHONE_DIGITS = 6;
/** The part of a URL after the host; in a screen pop it says who is calling. */
const URL_PATH = /\b(https?:\/\/[^\s/?#"']+)[/?#][^\s"')]*/gi;

/** Longer texts are cut before anything is masked. */
const MAX_PART_LENGTH = 10_000;
const MAX_RECENT_ERRORS = 10;
const MAX_ERROR_LENGTH = 300;
/** Quoted text may be someone's name, unless it's an identifier. */
const QUOTED_TEXT = /(["'`])(?![a-z][A-Za-z]*\1)[^"'`\n]*\1/g;

/** An error as the diagnostics show it, without personal data. */
export interface RecentError {
  /** In ms since 1970. */
  readonly at: number;
  readonly text: string;
}

const recentErrors: RecentError[] = [];
let logPath = '';
let logsToTerminal = true;
let logger: Promise<MainLogger> | undefined;

/** Logs to `<profile>/logs/main.log`, and to the terminal while developing. */
export function configureLog(profile: string, toTerminal: boolean): void {
  logPath = join(profile, 'logs', 'main.log');
  logsToTerminal = toTerminal;
}

/** Writes redacted messages to the log. */
export const log = {
  info: (...parts: readonly unknown[]): void => void write('info', parts),
  error: (...parts: readonly unknown[]): void => {
    rememberError(parts);
    void write('error', parts);
  },
};

/** Returns the latest errors for the diagnostics, oldest first. */
export function getRecentErrors(): readonly RecentError[] {
  return [...recentErrors];
}

/** Masks phone numbers except for their last two digits, and URLs except for their host. */
export function redact(text: string): string {
  return text.replace(URL_PATH, '$1/…').replace(PHONE_NUMBER, (number) => {
    if (number.startsWith('.')) return number;
    const digits = number.match(/\p{Nd}/gu) ?? [];
    return digits.length < MIN_PHONE_DIGITS ? number : `…${digits.slice(-2).join('')}`;
  });
}

function rememberError(parts: readonly unknown[]): void {
  const [first = '', location = ''] = truncate(parts.map(toText).join(': '), MAX_PART_LENGTH).split(
    /\n\s+/,
  );
  const text = redact(`${first} ${location}`.trim())
    .replaceAll(homedir(), '~')
    .replace(QUOTED_TEXT, '$1…$1');
  recentErrors.push({ at: Date.now(), text: truncate(sanitizeLine(text), MAX_ERROR_LENGTH) });
  if (recentErrors.length > MAX_RECENT_ERRORS) recentErrors.shift();
}

async function write(level: 'info' | 'error', parts: readonly unknown[]): Promise<void> {
  try {
    logger ??= createLogger();
    (await logger)[level](...parts);
  } catch {
    // Logging this failure would fail as well.
  }
}

/** electron-log is loaded with the first message, which makes the start faster. */
async function createLogger(): Promise<MainLogger> {
  const { default: mainLogger } = await import('electron-log/main');
  mainLogger.transports.file.resolvePathFn = () => logPath;
  mainLogger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  makePrivate(logPath);
  mainLogger.transports.file.maxSize = MAX_LOG_BYTES;
  mainLogger.transports.file.level = 'info';
  mainLogger.transports.console.level = logsToTerminal ? 'info' : 'error';
  mainLogger.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => redact(truncate(toText(part), MAX_PART_LENGTH))),
  }));
  return mainLogger;
}

/** Creates the log's folder for this user only; logs of earlier versions were readable by others. */
function makePrivate(path: string): void {
  try {
    ensureFolder(dirname(path));
    if (existsSync(path)) chmodSync(path, 0o600);
  } catch {
    // Writing the log fails then, too.
  }
}

function toText(part: unknown): string {
  if (part instanceof Error) return part.stack ?? part.message;
  return typeof part === 'string' ? part : inspect(part);
}
