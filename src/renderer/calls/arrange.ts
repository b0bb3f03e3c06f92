import { searchFor } from '../../core/log/search';
import { PHASES, type Phase } from '../../core/phase';
import { accountOf } from '../../shared/accounts';
import type { Account, SessionView } from '../../shared/state';

/** A line of the list: a session, or above many of one phase a heading that counts them. */
export type Line =
  | { readonly kind: 'session'; readonly key: string; readonly session: SessionView }
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly phase: Phase;
      readonly count: number;
    };

/** From this many sessions on, the groups are worth a heading. */
const MANY = 9;

/** The sessions that match a search, by the same rules as the call log. */
export function searchSessions(
  sessions: readonly SessionView[],
  query: string,
  accounts: readonly Account[],
): readonly SessionView[] {
  // Nothing typed finds everything, and thousands need not be asked.
  if (query.trim() === '') return sessions;
  const finds = searchFor(query);
  return sessions.filter((session) => {
    const { id, direction, channel, name, number, dialable, customer, path, endpoint } = session;
    const party = { name, number: dialable ?? number };
    const facts = { id, direction, channel, party, place: { customer, path, endpoint } };
    // Of one account everything would be found.
    return finds(facts, accounts.length > 1 ? accountOf(id, accounts)?.label : undefined);
  });
}

/**
 * The sessions in the order of their phases, within a phase the oldest first: a session moves only
 * when its phase changes.
 */
export function arrange(sessions: readonly SessionView[]): readonly Line[] {
  const groups = new Map(PHASES.map((phase): [Phase, SessionView[]] => [phase, []]));
  for (const session of sessions) groups.get(session.phase)?.push(session);
  return [...groups].flatMap(([phase, group]): readonly Line[] => {
    if (group.length === 0) return [];
    const these = group
      .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
      .map(lineOf);
    if (sessions.length < MANY) return these;
    return [{ kind: 'heading', key: `h:${phase}`, phase, count: group.length }, ...these];
  });
}

/** Lines of sessions that are as they were: of thousands a poll changes a few. */
const lines = new WeakMap<SessionView, Line>();

function lineOf(session: SessionView): Line {
  const known = lines.get(session);
  if (known) return known;
  const line: Line = { kind: 'session', key: `s:${session.id}`, session };
  lines.set(session, line);
  return line;
}
