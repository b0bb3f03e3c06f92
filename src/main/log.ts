import { join } from 'node:path';
import { inspect } from 'node:util';
import log from 'electron-log/main';

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

/** Writes the log to `<profile>/logs/main.log`, and to the terminal while developing. */
export function startLog(profile: string, toTerminal: boolean): void {
  log.transports.file.resolvePathFn = () => join(profile, 'logs', 'main.log');
  log.transports.file.maxSize = LARGEST;
  log.transports.file.level = 'info';
  log.transports.console.level = toTerminal ? 'info' : 'error';
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => masked(textOf(part))),
  }));
}

function textOf(part: unknown): string {
  if (part instanceof Error) return part.stack ?? part.message;
  return typeof part === 'string' ? part : inspect(part);
}

export { log };
