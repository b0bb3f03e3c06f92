import { SILENCE_CHOICES, type SilenceChoice } from '../core/silence';
import type { Destination } from '../shared/state';

/** What the command line asks for. */
export interface Arguments {
  readonly demo: boolean;
  readonly hidden: boolean;
  /** Do not disturb, as the jump list of Windows asks for it. */
  readonly silence: SilenceChoice | undefined;
  readonly destination: Destination | undefined;
}

/** What goes before the choice of do not disturb on a command line. */
const SILENCE = '--silence=';

/** Reads a command line; what is unknown is Chromium's business and is passed over. */
export function readArguments(argv: readonly string[]): Arguments {
  return {
    demo: argv.includes('--demo'),
    hidden: argv.includes('--hidden'),
    // Any page can make a link, and a badly quoted one may come apart into several arguments: none
    // that comes along with a link keeps the phone quiet.
    silence: argv.some(isLink) ? undefined : readSilence(argv),
    destination: argv.map(readDeepLink).find((found) => found !== undefined),
  };
}

/** The argument that asks for do not disturb. */
export function silenceArgument(choice: SilenceChoice): string {
  return `${SILENCE}${choice}`;
}

function readSilence(argv: readonly string[]): SilenceChoice | undefined {
  return SILENCE_CHOICES.find((choice) => argv.includes(silenceArgument(choice)));
}

function isLink(argument: string): boolean {
  return /^\W*ringside:/i.test(argument);
}

/** Where `ringside://session/<id>` or `ringside://missed` leads; `undefined` for anything else. */
export function readDeepLink(link: string): Destination | undefined {
  if (!/^ringside:\/\//i.test(link) || link.length > 2_000 || !URL.canParse(link)) return undefined;
  const { host, pathname } = new URL(link);
  if (host === 'missed') return { view: 'missed' };
  if (host !== 'session') return undefined;
  const id = decoded(pathname.slice(1));
  return id === undefined || id === '' ? undefined : { view: 'session', id };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
