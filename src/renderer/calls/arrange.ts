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

type SessionLine = Extract<Line, { kind: 'session' }>;

/**
 * The sessions in the order of their phases, within a phase the oldest first: a session moves only
 * when its phase changes. Those that are as they were `before` keep their lines.
 */
export function arrange(
  sessions: readonly SessionView[],
  before: readonly Line[] = [],
): readonly Line[] {
  const groups = new Map(PHASES.map((phase): [Phase, SessionLine[]] => [phase, []]));
  for (const line of inOldOrder(sessions, before)) groups.get(line.session.phase)?.push(line);
  return [...groups].flatMap(([phase, group]): readonly Line[] => {
    if (group.length === 0) return [];
    group.sort(olderFirst);
    if (sessions.length < MANY) return group;
    return [{ kind: 'heading', key: `h:${phase}`, phase, count: group.length }, ...group];
  });
}

/** Of thousands a poll changes a few: what is nearly in order is sorted in next to no time. */
function inOldOrder(sessions: readonly SessionView[], before: readonly Line[]): SessionLine[] {
  const fresh = new Set(sessions);
  const kept = before.filter(
    (line): line is SessionLine => line.kind === 'session' && fresh.delete(line.session),
  );
  return [...kept, ...[...fresh].map(lineOf)];
}

function lineOf(session: SessionView): SessionLine {
  return { kind: 'session', key: `s:${session.id}`, session };
}

function olderFirst({ session: a }: SessionLine, { session: b }: SessionLine): number {
  return a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1);
}
