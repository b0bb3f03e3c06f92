import type { RawFields } from '../core/session';
import type { LogView, SessionDetails } from '../shared/contract';
import type { Companion } from './companion';

/** The longest text of a raw field that is handed to the window, in UTF-16 units. */
const LONGEST_FIELD = 20_000;
/** Fields of one session that are handed to the window at most. */
const MOST_FIELDS = 500;
/** How deep a field may be nested: no API needs more, and functions cannot call each other for ever. */
const DEEPEST = 50;
/** Events of one session that are handed to the window at most, the newest. */
const MOST_EVENTS = 500;

/** What the details are put together from. */
export interface DetailsSources {
  readonly companion: Pick<Companion, 'session' | 'call'>;
  readonly logView: (id: string) => LogView | null;
  readonly canPop: boolean;
}

/** Everything about one session, active or remembered; `null` for one that nobody knows. */
export function detailsOf(id: string, sources: DetailsSources): SessionDetails | null {
  const { companion, logView, canPop } = sources;
  const session = companion.session(id);
  const call = companion.call(id);
  const entry = logView(id);
  if (!session && !entry) return null;
  return {
    id,
    fields: session ? bounded(session.raw) : null,
    events: (session?.log ?? [])
      .slice(-MOST_EVENTS)
      .flatMap(({ date, message }) => (message === undefined ? [] : [{ at: date, message }])),
    segments: call?.segments ?? entry?.segments ?? [],
    entry,
    canPop,
  };
}

/** The fields with texts of megabytes cut: a window need not draw what nobody can read. */
function bounded(fields: RawFields): RawFields {
  const some = Object.entries(fields).slice(0, MOST_FIELDS);
  return Object.fromEntries(some.map(([name, value]) => [name, cut(value)]));
}

function cut(value: unknown): unknown {
  if (isDeeperThan(DEEPEST, value)) return '…';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : value;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
