import type { Destination } from '../shared/state';

/** What the command line asks for. */
export interface Arguments {
  readonly demo: boolean;
  readonly hidden: boolean;
  readonly destination: Destination | undefined;
}

/** Reads a command line; what is unknown is Chromium's business and is passed over. */
export function readArguments(argv: readonly string[]): Arguments {
  return {
    demo: argv.includes('--demo'),
    hidden: argv.includes('--hidden'),
    destination: argv.map(readDeepLink).find((found) => found !== undefined),
  };
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
