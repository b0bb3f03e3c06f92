import { createCallSearch } from '../../../core/calls/search';
import { PHASES, type Phase } from '../../../core/calls/phase';
import { findSessionAccount } from '../../../shared/accounts';
import type { AccountView, SessionView } from '../../../shared/state';

/**
 * The groups of the list, in order: urgent calls, the user's own, waiting callers, and the team's.
 */
export const CALL_GROUPS = [
  'ringing',
  'own',
  'held',
  'queued',
  'dialing',
  'connected',
  'passive',
  'open',
  'ended',
] as const;
export type CallGroup = (typeof CALL_GROUPS)[number];

/** A session in the list, or the heading of a group. */
export type CallListEntry =
  | { readonly kind: 'session'; readonly key: string; readonly session: SessionView }
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly group: CallGroup;
      readonly count: number;
    };

/** With at least this many sessions, groups have headings. */
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
    const people = [session.answeredBy, ...session.members.map((member) => member.name)];
    const summary = { party, customer, customerPath, endpoint, people };
    // With a single account, its label would match every session.
    return matches(
      summary,
      accounts.length > 1 ? findSessionAccount(id, accounts)?.label : undefined,
    );
  });
}

/**
 * Sorts sessions by group, nuisances last and the user's own first, then by phase and age, so that a
 * session only moves when its phase changes.
 */
export function groupSessions(sessions: readonly SessionView[]): readonly CallListEntry[] {
  const groups = new Map(CALL_GROUPS.map((group): [CallGroup, SessionView[]] => [group, []]));
  for (const session of sessions) groups.get(getGroup(session))?.push(session);
  return [...groups].flatMap(([group, members]): readonly CallListEntry[] => {
    if (members.length === 0) return [];
    const entries = members
      .sort(compareSessions)
      .map((session) => ({ kind: 'session', key: `session:${session.id}`, session }) as const);
    if (sessions.length < MIN_SESSIONS_FOR_HEADINGS) return entries;
    return [{ kind: 'heading', key: `heading:${group}`, group, count: members.length }, ...entries];
  });
}

/** Whether a call rings for the user. A nuisance is only listed. */
export function isRinging({ phase, notes }: SessionView): boolean {
  return phase === 'ringing' && notes.priority !== 'nuisance';
}

/** Returns the ringing sessions, the user's own first, then the one that rings longest. */
export function getRinging(sessions: Iterable<SessionView>): readonly SessionView[] {
  return [...sessions].filter(isRinging).sort(compareSessions);
}

function getGroup({ phase, isOwn }: SessionView): CallGroup {
  return isOwn && phase !== 'ringing' && phase !== 'ended' ? 'own' : phase;
}

function compareSessions(a: SessionView, b: SessionView): number {
  const rank = (phase: Phase): number => PHASES.indexOf(phase);
  const isNuisance = ({ notes }: SessionView): number => Number(notes.priority === 'nuisance');
  return (
    isNuisance(a) - isNuisance(b) ||
    Number(b.isOwn) - Number(a.isOwn) ||
    rank(a.phase) - rank(b.phase) ||
    a.startedAt - b.startedAt ||
    (a.id < b.id ? -1 : 1)
  );
}
