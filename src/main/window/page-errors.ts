import type { App } from 'electron';
import { sanitizeLine, truncate } from '../../core/api/sanitize';

/** Errors of pages that are told within {@link WHILE}: one in a loop throws the same over and over. */
const MOST = 5;
/** In ms. */
const WHILE = 10 * 60_000;
/** What is told of one, in UTF-16 units. */
const LONGEST = 500;
/** How Chromium begins what nobody caught, thrown or rejected. */
const UNCAUGHT = /^Uncaught\b/;

/** A line on a page's console. Electron before 35 tells it in the arguments after the event. */
interface ConsoleLine {
  readonly message?: string;
  readonly lineNumber?: number;
  readonly sourceId?: string;
}

/**
 * Tells of errors that nobody caught in any page of ours, from its first line of script on, and of
 * preloads that fail. It is heard from Chromium and not from the page, whose scripts may be what
 * does not run. `now` is any clock in ms. Must run before there is a page.
 */
export function hearPageErrors(
  app: Pick<App, 'on'>,
  tell: (text: string) => void,
  now: () => number,
): void {
  const ration = new Ration(tell, now);
  app.on('web-contents-created', (_, contents) => {
    contents.on(
      'console-message',
      (line: ConsoleLine, ...older: readonly [number?, string?, number?, string?]) => {
        const { message = older[1] ?? '', lineNumber = older[2], sourceId = older[3] } = line;
        if (UNCAUGHT.test(message)) ration.tell(errorText(message, `${sourceId}:${lineNumber}`));
      },
    );
    contents.on('preload-error', (_event, _path, error) => {
      ration.tell(errorText(error.message, 'the preload'));
    });
  });
}

/** As an error's own stack has it: what, and on the next line where. */
function errorText(what: string, where: string): string {
  const [said, place] = [what, where].map((text) => truncate(sanitizeLine(text), LONGEST));
  return `${said}\n    at ${place}`;
}

/** Tells so many within a while; of the others, when it tells again, how many there were. */
class Ration {
  #since = -Infinity;
  #told = 0;
  #leftOut = 0;

  constructor(
    private readonly say: (text: string) => void,
    private readonly now: () => number,
  ) {}

  tell(text: string): void {
    const now = this.now();
    if (now - this.#since >= WHILE) {
      if (this.#leftOut > 0) this.say(`${this.#leftOut} more errors were left out`);
      this.#since = now;
      this.#told = 0;
      this.#leftOut = 0;
    }
    if (this.#told >= MOST) {
      this.#leftOut += 1;
      return;
    }
    this.#told += 1;
    this.say(text);
  }
}
