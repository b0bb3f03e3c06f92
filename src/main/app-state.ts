import { sameJson } from '../core/same-json';
import type { Update } from '../core/update';
import type { AppState, Notice, Platform, Today } from '../shared/state';
import type { Companion } from './companion';

/** What the state is put together from. */
export interface StateSources {
  readonly companion: Pick<
    Companion,
    | 'accounts'
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
 * The state as the window is to show it. Parts that say the same as in `before` are handed on as
 * those very objects, so that nothing is sent or drawn for them.
 */
export function appStateOf(sources: StateSources, before: AppState | undefined): AppState {
  const { companion, today, logRevision, notices, platform, update } = sources;
  const { order, connection, accounts, glance, managed, settings, silence } = companion;
  const sessions = Object.fromEntries(
    order.flatMap((id) => {
      const view = companion.view(id);
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
