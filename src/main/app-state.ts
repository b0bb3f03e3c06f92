import { PHASES } from '../core/phase';
import { sameJson } from '../core/same-json';
import type { Update } from '../core/update';
import type { Call } from '../core/watch/call';
import type { AppState, Notice, Platform, Today } from '../shared/state';
import type { Companion } from './companion';

/** What the state is put together from. */
export interface StateSources {
  readonly companion: Pick<
    Companion,
    | 'accounts'
    | 'call'
    | 'connection'
    | 'glance'
    | 'managed'
    | 'order'
    | 'setAside'
    | 'settings'
    | 'silence'
    | 'view'
  >;
  readonly today: Today;
  readonly logRevision: number;
  readonly notices: readonly Notice[];
  readonly platform: Platform;
  readonly update: Update;
}

/**
 * Sessions that are drawn up for a window that has none: more than it can show, and those of a
 * large answer are added by and by, so that it shows the first of ten thousand as soon as twenty.
 */
export const MOST_AT_FIRST = 100;
/** Sessions that are added at a time, 15 ms of work. */
export const MOST_AT_ONCE = 500;

/**
 * The state as the window is to show it. Parts that say the same as in `before` are handed on as
 * those very objects, so that nothing is sent or drawn for them.
 */
export function appStateOf(sources: StateSources, before: AppState | undefined): AppState {
  const { companion, today, logRevision, notices, platform, update } = sources;
  const { order, connection, accounts, glance, managed, settings, silence } = companion;
  const due = dueNow(companion, before);
  const sessions = Object.fromEntries(
    order.flatMap((id) => {
      const view = due(id) ? companion.view(id) : undefined;
      return view ? [[id, view]] : [];
    }),
  );
  const kept = <Part extends Exclude<keyof AppState, 'sessions'>>(
    part: Part,
    value: AppState[Part],
  ): AppState[Part] => (before && sameJson(before[part], value) ? before[part] : value);
  return {
    sessions,
    connection: kept('connection', connection),
    accounts: kept('accounts', accounts),
    order: kept('order', order),
    setAside: companion.setAside,
    glance: kept('glance', glance),
    settings: kept('settings', settings),
    managed: kept('managed', managed),
    silence,
    logRevision,
    today: kept('today', today),
    notices: kept('notices', notices),
    platform: kept('platform', platform),
    update: kept('update', update),
  };
}

/** Which sessions are to be in the state: those that were, and of the new ones the first listed. */
function dueNow(
  companion: StateSources['companion'],
  before: AppState | undefined,
): (id: string) => boolean {
  const { order } = companion;
  const had = (id: string): boolean => before !== undefined && Object.hasOwn(before.sessions, id);
  const fresh = order.filter((id) => !had(id));
  const most = before ? MOST_AT_ONCE : MOST_AT_FIRST;
  if (fresh.length <= most) return () => true;
  const listed = fresh.flatMap((id) => {
    const call = companion.call(id);
    return call ? [{ id, call }] : [];
  });
  listed.sort((a, b) => asListed(a.call, b.call));
  const first = new Set(listed.slice(0, most).map(({ id }) => id));
  return (id) => had(id) || first.has(id);
}

/** As the window lists them: by what they are doing, then the oldest first. */
function asListed(a: Call, b: Call): number {
  return PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || a.startedAt - b.startedAt;
}
