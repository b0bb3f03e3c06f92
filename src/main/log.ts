import { join } from 'node:path';
import log from 'electron-log/main';

/** The largest log file in bytes; the one before it is kept as `main.old.log`. */
const LARGEST = 1024 * 1024;

/** Masks what a log must not tell: long numbers but for their last two digits. */
export function masked(text: string): string {
  return text.replace(/\+?\d[\d\s().-]{4,}\d/g, (number) => `…${number.slice(-2)}`);
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
  return typeof part === 'string' ? part : JSON.stringify(part);
}

export { log };
