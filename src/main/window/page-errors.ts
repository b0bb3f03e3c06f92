import type { App } from 'electron';
import { sanitizeLine, truncate } from '../../core/api/sanitize';
import { log } from '../logger';

/** An error in a loop is thrown over and over. */
const MAX_ERRORS = 5;
const PERIOD_MS = 10 * 60_000;
const MAX_TEXT_LENGTH = 500;

/** Older Electron versions pass these as arguments after the event. */
interface ConsoleMessage {
  readonly message?: string;
  readonly lineNumber?: number;
  readonly sourceId?: string;
}

/**
 * Logs uncaught errors of all pages and preload scripts, a few per period. They are taken from the
 * console, since the page's own script may be what fails. Must be called before there is a page.
 */
export function logPageErrors(app: Pick<App, 'on'>): void {
  let periodStart = -Infinity;
  let count = 0;
  const logError = (message: string, source: string): void => {
    if (performance.now() - periodStart >= PERIOD_MS) {
      if (count > MAX_ERRORS) log.error('page', `${count - MAX_ERRORS} more errors were omitted`);
      periodStart = performance.now();
      count = 0;
    }
    count += 1;
    if (count <= MAX_ERRORS) log.error('page', `${toLine(message)}\n    at ${toLine(source)}`);
  };
  app.on('web-contents-created', (_, contents) => {
    contents.on(
      'console-message',
      (event: ConsoleMessage, ...args: readonly [number?, string?, number?, string?]) => {
        const { message = args[1] ?? '', lineNumber = args[2], sourceId = args[3] } = event;
        if (/^Uncaught\b/.test(message)) logError(message, `${sourceId}:${lineNumber}`);
      },
    );
    contents.on('preload-error', (_event, _path, error) => {
      logError(error.message, 'the preload script');
    });
  });
}

function toLine(text: string): string {
  return truncate(sanitizeLine(text), MAX_TEXT_LENGTH);
}
