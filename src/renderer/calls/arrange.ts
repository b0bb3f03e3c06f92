import { PHASES, type Phase } from '../../core/phase';
import type { SessionView } from '../../shared/state';

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

/** The sessions that match a search in name, number, customer or endpoint. */
export function searchSessions(
  sessions: readonly SessionView[],
  query: string,
): readonly SessionView[] {
  const wanted = fold(query.trim());
  if (wanted === '') return sessions;
  const digits = /^[\d\s()+./-]{2,}$/.test(query.trim()) ? query.replace(/\D/g, '') : '';
  return sessions.filter((session) => {
    const texts = [session.name, session.number, session.endpoint, ...session.path];
    if (texts.some((text) => text !== undefined && fold(text).includes(wanted))) return true;
    const number = session.dialable ?? session.number;
    return digits !== '' && number?.replace(/\D/g, '').includes(digits) === true;
  });
}

/**
 * The sessions in the order of their phases, within a phase the oldest first: a session moves only
 * when its phase changes.
 */
export function arrange(sessions: readonly SessionView[]): readonly Line[] {
  return PHASES.flatMap((phase): readonly Line[] => {
    const group = sessions.filter((session) => session.phase === phase);
    if (group.length === 0) return [];
    const lines = group
      .toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
      .map((session) => ({ kind: 'session', key: `s:${session.id}`, session }) as const);
    if (sessions.length < MANY) return lines;
    return [{ kind: 'heading', key: `h:${phase}`, phase, count: group.length }, ...lines];
  });
}

/** Text without case and accents, for comparing. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase();
}
