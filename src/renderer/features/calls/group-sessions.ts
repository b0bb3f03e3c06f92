import { createCallSearch } from '../../../core/calls/search';
import { PHASES, type Phase } from '../../../core/calls/phase';
import { findSessionAccount } from '../../../shared/accounts';
import type { AccountView, SessionView } from '../../../shared/state';

/** A session in the list, or the heading of a phase. */
export type CallListEntry =
  | { readonly kind: 'session'; readonly key: string; readonly session: SessionView }
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly phase: Phase;
      readonly count: number;
    };

/** The number of sessions from which on phases have headings. */
const MIN_SESSIONS_FOR_HEADINGS = 9;

/** Filters sessions by the same rules as the call log. */
export function filterSessions(
  sessions: readonly SessionView[],
  query: string,
  accounts: readonly AccountView[],
): readonly SessionView[] {
  if (query.trim() === '') return sessions;
  const matches = createCallSearch(query);
  return sessions.filter((session) => {
    const { id, name, number, dialable, customer, customerPath, endpoint } = session;
    const party = { name, number: dialable ?? number };
    const summary = { party, customer, customerPath, endpoint };
    // With a single account, its label would match every session.
    return matches(
      summary,
      accounts.length > 1 ? findSessionAccount(id, accounts)?.label : undefined,
    );
  });
}

/** Sorts sessions by phase, then by age, so that a session only moves when its phase changes. */
export function groupSessions(sessions: readonly SessionView[]): readonly CallListEntry[] {
  const groups = new Map(PHASES.map((phase): [Phase, SessionView[]] => [phase, []]));
  for (const session of sessions) groups.get(session.phase)?.push(session);
  return [...groups].flatMap(([phase, group]): readonly CallListEntry[] => {
    if (group.length === 0) return [];
    const entries = group
      .sort(compareByAge)
      .map((session) => ({ kind: 'session', key: `session:${session.id}`, session }) as const);
    if (sessions.length < MIN_SESSIONS_FOR_HEADINGS) return entries;
    return [{ kind: 'heading', key: `heading:${phase}`, phase, count: group.length }, ...entries];
  });
}

function compareByAge(a: SessionView, b: SessionView): number {
  return a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1);
}
