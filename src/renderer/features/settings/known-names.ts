import type { Bridge } from '../../../shared/ipc';
import type { SessionView } from '../../../shared/state';

/** How many of the newest log entries are searched for names. */
const MAX_LOG_ENTRIES = 500;

/** The names found in active sessions and in the log. */
export interface KnownNames {
  readonly channels: readonly string[];
  readonly customers: readonly string[];
  readonly endpoints: readonly string[];
}

/** Collects the channels, customers, and endpoints of active sessions and of the log. */
export async function loadKnownNames(
  bridge: Bridge,
  sessions: readonly SessionView[],
): Promise<KnownNames> {
  const query = { search: '', only: 'all', offset: 0, limit: MAX_LOG_ENTRIES } as const;
  const { entries } = await bridge.request('log:query', query);
  const calls = [...sessions, ...entries];
  return {
    channels: sortUnique(calls.map(({ channel }) => channel)),
    customers: sortUnique(calls.flatMap(({ customerPath }) => customerPath)),
    endpoints: sortUnique(calls.map(({ endpoint }) => endpoint)),
  };
}

function sortUnique(names: readonly (string | undefined)[]): readonly string[] {
  const unique = new Set(names.filter((name) => name !== undefined));
  return [...unique].toSorted((a, b) => a.localeCompare(b));
}
