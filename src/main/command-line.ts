import { DO_NOT_DISTURB_OPTIONS, type DoNotDisturbOption } from '../core/settings/do-not-disturb';
import { MAX_SESSION_KEY_LENGTH } from '../core/calls/session-key';
import type { Destination } from '../shared/state';

/** What the command line asks for. */
export interface CommandLine {
  readonly demo: boolean;
  readonly hidden: boolean;
  readonly doNotDisturb: DoNotDisturbOption | undefined;
  readonly destination: Destination | undefined;
  /** Whether a link is on the command line, even an invalid one. */
  readonly hasLink: boolean;
}

const DO_NOT_DISTURB = '--do-not-disturb=';
const MAX_LINK_LENGTH = 2_000;

/** Parses a command line. Unknown arguments are left to Chromium. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const hasLink = argv.some(isLink);
  return {
    hasLink,
    demo: argv.includes('--demo'),
    hidden: argv.includes('--hidden'),
    // A web page can open a link, and a badly quoted link may come as several arguments. None of
    // them may turn on Do Not Disturb.
    doNotDisturb: hasLink
      ? undefined
      : DO_NOT_DISTURB_OPTIONS.find((choice) => argv.includes(getDoNotDisturbArgument(choice))),
    destination: argv.map(parseDeepLink).find((destination) => destination !== undefined),
  };
}

/** The command line argument that sets Do Not Disturb. */
export function getDoNotDisturbArgument(choice: DoNotDisturbOption): string {
  return `${DO_NOT_DISTURB}${choice}`;
}

/** The destination of `ringside://session/<id>` or `ringside://missed`. */
export function parseDeepLink(link: string): Destination | undefined {
  const isTooLong = link.length > MAX_LINK_LENGTH;
  if (!/^ringside:\/\//i.test(link) || isTooLong || !URL.canParse(link)) return undefined;
  const { host: name, pathname } = new URL(link);
  const host = name.toLowerCase();
  if (host === 'missed') return { view: 'missed' };
  if (host !== 'session') return undefined;
  const id = decode(pathname.replace(/^\/+|\/+$/g, ''));
  const isId = id !== undefined && id !== '' && id.length <= MAX_SESSION_KEY_LENGTH;
  return isId ? { view: 'session', id } : undefined;
}

function isLink(argument: string): boolean {
  return /^\W*ringside:/i.test(argument);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
