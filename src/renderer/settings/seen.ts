import type { Bridge } from '../../shared/contract';
import type { SessionView } from '../../shared/state';

/** How many of the newest entries of the log are looked through. */
const LOOKED_AT = 500;

/** Names that were seen, for choosing from. */
export interface Names {
  readonly channels: readonly string[];
  readonly customers: readonly string[];
  readonly endpoints: readonly string[];
}

/** A call, as far as it has names. */
interface Named {
  readonly channel: string | undefined;
  readonly path: readonly string[];
  readonly endpoint: string | undefined;
}

/** The channels, customers and endpoints of the calls that go on and of those in the log. */
export async function namesSeen(bridge: Bridge, sessions: readonly SessionView[]): Promise<Names> {
  const query = { search: '', only: 'all', offset: 0, limit: LOOKED_AT } as const;
  const { entries } = await bridge.request('log:query', query);
  const logged = entries.map(({ facts: { channel, place } }) => ({ channel, ...place }));
  return namesOf([...sessions, ...logged]);
}

function namesOf(calls: readonly Named[]): Names {
  return {
    channels: distinct(calls.map(({ channel }) => channel)),
    customers: distinct(calls.flatMap(({ path }) => path)),
    endpoints: distinct(calls.map(({ endpoint }) => endpoint)),
  };
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  const known = new Set(names.filter((name) => name !== undefined));
  return [...known].toSorted((a, b) => a.localeCompare(b));
}
