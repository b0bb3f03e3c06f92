import type { RawFields } from '../core/session';
import type { LogView, SessionDetails } from '../shared/contract';
import type { Companion } from './companion';

/** The longest text of a raw field that is handed to the window, in UTF-16 units. */
const LONGEST_FIELD = 20_000;
/** Events of one session that are handed to the window at most, the newest. */
const MOST_EVENTS = 500;

/** What the details are put together from. */
export interface DetailsSources {
  readonly companion: Pick<Companion, 'picture' | 'watch'>;
  readonly logView: (id: string) => LogView | null;
  readonly canPop: boolean;
}

/** Everything about one session, active or remembered; `null` for one that nobody knows. */
export function detailsOf(id: string, sources: DetailsSources): SessionDetails | null {
  const { companion, logView, canPop } = sources;
  const session = companion.picture?.sessions.get(id);
  const call = companion.watch.calls.get(id);
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
  const cut = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.length > LONGEST_FIELD ? `${value.slice(0, LONGEST_FIELD)}…` : value;
    }
    const json = JSON.stringify(value) as string | undefined;
    return json !== undefined && json.length > LONGEST_FIELD ? cut(json) : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cut(value)]));
}
