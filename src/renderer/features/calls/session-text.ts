import type { MemberView, SessionView } from '../../../shared/state';
import type { I18n } from '../../i18n.svelte';

/** The color and icon of a session: its phase, or `missed`. */
export type Tone = SessionView['phase'] | 'missed';

/** Returns the tone of a session. A missed session counts as missed unless it's in a call phase. */
export function getTone({ phase, wasMissed }: Pick<SessionView, 'phase' | 'wasMissed'>): Tone {
  const isIdle = phase === 'ended' || phase === 'passive' || phase === 'open';
  return wasMissed && isIdle ? 'missed' : phase;
}

/** The caller, if known. */
export type Caller = Pick<SessionView, 'name' | 'number' | 'isWithheld'>;

/** Returns the name, the number, "Private number", or "Unknown caller". */
export function getCallerName({ name, number, isWithheld }: Caller, { t }: I18n): string {
  return name ?? number ?? t(isWithheld ? 'party.withheld' : 'party.unknown');
}

/** Returns the number, unless it's already shown in place of the name. */
export function getSecondaryNumber({
  name,
  number,
}: Pick<Caller, 'name' | 'number'>): string | undefined {
  return name === undefined ? undefined : number;
}

/** Whether the other party can be called. A fax machine doesn't talk. */
export function canCall({
  channel,
  dialable,
}: {
  readonly channel: string | undefined;
  readonly dialable: string | undefined;
}): boolean {
  return dialable !== undefined && channel !== 'Fax';
}

/** Names the type of a session: `Incoming call`, `Outgoing fax`. Unknown channels keep their name. */
export function callTypeText(
  channel: string | undefined,
  direction: 'incoming' | 'outgoing',
  { t }: I18n,
): string {
  switch (channel) {
    case 'Voice':
    case 'Chat':
    case 'Fax':
      return t(`callType.${direction}.${channel}`);
    case undefined:
      return t(`callType.${direction}.unknown`);
    default:
      return t(`callType.${direction}.other`, { channel });
  }
}

/** Names the type of a session unless it's an incoming call, the usual one. */
export function unusualCallTypeText(
  channel: string | undefined,
  direction: 'incoming' | 'outgoing',
  i18n: I18n,
): string | undefined {
  const isUsual = channel === 'Voice' && direction === 'incoming';
  return isUsual ? undefined : callTypeText(channel, direction, i18n);
}

/** States without information: every member that isn't in a call has them. */
const NEUTRAL_STATES = new Set(['None', 'Disconnected', 'Active']);

/** Returns the raw states of a session that match no phase. */
export function unmappedStatesText({ phase, states }: SessionView): string | undefined {
  if (phase !== 'open') return undefined;
  const names = [states.call, states.queue, states.dial].filter(
    (state): state is string => state !== undefined && !NEUTRAL_STATES.has(state),
  );
  return names.length > 0 ? [...new Set(names)].join(' · ') : undefined;
}

/** Returns the name of a member, or "You". */
export function getMemberName(member: MemberView, { t }: I18n): string {
  return member.isCurrentUser ? t('member.you') : (member.name ?? t('member.unknown'));
}

/** Describes a member in full: `Jamie Ives, agent, connected, muted`. */
export function memberText(member: MemberView, i18n: I18n): string {
  const { t } = i18n;
  const parts = [
    getMemberName(member, i18n),
    roleText(member.role, i18n),
    memberStateText(member.callState, i18n),
    member.isMuted ? t('member.muted') : undefined,
    member.isHeld && member.callState !== 'Hold' ? t('member.held') : undefined,
  ];
  return i18n.list(parts.filter((part) => part !== undefined));
}

/** Further members are only counted. */
const MAX_PEOPLE = 3;

/**
 * Names who has a call, the user first: `You`, `Maya Kent, muted`. The caller is already the title.
 */
export function peopleTexts(session: SessionView, i18n: I18n): readonly string[] {
  const people = session.members
    .filter(({ role, isCurrentUser }) => role !== 'Caller' || isCurrentUser)
    .sort((a, b) => Number(b.isCurrentUser) - Number(a.isCurrentUser));
  if (people.length === 0) {
    if (session.isOwn) return [i18n.t('member.you')];
    return session.answeredBy === undefined ? [] : [session.answeredBy];
  }
  const texts = people
    .slice(0, people.length > MAX_PEOPLE + 1 ? MAX_PEOPLE : people.length)
    .map((member) => shortMemberText(member, session.phase, i18n));
  const hiddenCount = people.length - texts.length;
  return hiddenCount > 0 ? [...texts, i18n.t('member.more', { count: hiddenCount })] : texts;
}

/** Describes a member by name and anything that isn't usual in a phase. */
function shortMemberText(member: MemberView, phase: SessionView['phase'], i18n: I18n): string {
  const { t } = i18n;
  const { role, callState } = member;
  const usualState = phase === 'ringing' ? 'Ringing' : 'Connected';
  const parts = [
    getMemberName(member, i18n),
    role === 'Agent' || role === 'Caller' ? undefined : roleText(role, i18n),
    callState === usualState ? undefined : memberStateText(callState, i18n),
    member.isMuted ? t('member.muted') : undefined,
    member.isHeld && callState !== 'Hold' ? t('member.held') : undefined,
  ];
  return i18n.list(parts.filter((part) => part !== undefined));
}

/** Names the role of a member. Unknown roles keep their name. */
export function roleText(role: string | undefined, { t }: I18n): string | undefined {
  switch (role) {
    case undefined:
    case 'None':
      return undefined;
    case 'Caller':
    case 'Agent':
    case 'Transfer':
      return t(`role.${role}`);
    default:
      return role;
  }
}

/** Names the call state of a member. Unknown states keep their name. */
export function memberStateText(state: string | undefined, { t }: I18n): string | undefined {
  switch (state) {
    case undefined:
    case 'None':
      return undefined;
    case 'Ringing':
    case 'Connected':
    case 'Hold':
      return t(`memberState.${state}`);
    default:
      return state;
  }
}

/** Returns the initials of the first and the last word. */
export function getInitials(name: string | undefined): string {
  const words = (name ?? '').split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = ends.map((word) => [...new Intl.Segmenter().segment(word ?? '')][0]?.segment);
  return letters.join('').toLocaleUpperCase() || '?';
}
