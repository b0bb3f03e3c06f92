import type { MemberView, SessionView } from '../../shared/state';
import type { Words } from '../words.svelte';

/** How a session looks: its phase, or that it was missed. */
export type Tone = SessionView['phase'] | 'missed';

/** The tone of a session. One that was missed and that nobody talks in is missed, whatever else. */
export function toneOf({ phase, missed }: Pick<SessionView, 'phase' | 'missed'>): Tone {
  const idle = phase === 'ended' || phase === 'passive' || phase === 'open';
  return missed && idle ? 'missed' : phase;
}

/** Who it is: the name, else the number, else that nobody knows. */
export function partyName(
  { name, number }: { readonly name: string | undefined; readonly number: string | undefined },
  { t }: Words,
): string {
  return name ?? number ?? t('party.unknown');
}

/** The number, where it is not already shown in place of the name. */
export function numberBeside({
  name,
  number,
}: {
  readonly name: string | undefined;
  readonly number: string | undefined;
}): string | undefined {
  return name === undefined ? undefined : number;
}

/** What kind of session it is: `Incoming call`, `Outgoing fax`; an unknown channel as it came. */
export function kindOf(
  channel: string | undefined,
  direction: 'incoming' | 'outgoing',
  { t }: Words,
): string {
  switch (channel) {
    case 'Voice':
    case 'Chat':
    case 'Fax':
      return t(`kind.${direction}.${channel}`);
    case undefined:
      return t(`kind.${direction}.unknown`);
    default:
      return t(`kind.${direction}.other`, { channel });
  }
}

/** What kind of session it is, where that is news: most are incoming calls. */
export function kindBeyond(
  channel: string | undefined,
  direction: 'incoming' | 'outgoing',
  words: Words,
): string | undefined {
  const usual = channel === 'Voice' && direction === 'incoming';
  return usual ? undefined : kindOf(channel, direction, words);
}

/** States that say nothing: everybody who is not in a call is in them. */
const QUIET = new Set(['None', 'Disconnected', 'Active']);

/** What the server calls a state that no phase tells, so that it is not lost. */
export function statesBeyond({ phase, states }: SessionView): string | undefined {
  if (phase !== 'open') return undefined;
  const told = [states.call, states.queue, states.dial].filter(
    (state): state is string => state !== undefined && !QUIET.has(state),
  );
  return told.length > 0 ? [...new Set(told)].join(' · ') : undefined;
}

/** Everything about a member in one line: `Jamie Ives, agent, connected, muted`. */
export function memberLine(member: MemberView, words: Words): string {
  const { t } = words;
  const parts = [
    member.name ?? t('member.unknown'),
    roleWord(member.role, words),
    stateWord(member.callState, words),
    member.muted ? t('member.muted') : undefined,
    member.held && member.callState !== 'Hold' ? t('member.held') : undefined,
  ];
  return words.list(parts.filter((part) => part !== undefined));
}

/** A member in few words, for a line of several: the name, and what is not as it mostly is. */
export function memberBrief(member: MemberView, words: Words): string {
  const { t } = words;
  const { role, callState } = member;
  const parts = [
    member.name ?? t('member.unknown'),
    role === 'Agent' ? undefined : roleWord(role, words),
    callState === 'Connected' ? undefined : stateWord(callState, words),
    member.muted ? t('member.muted') : undefined,
    member.held && callState !== 'Hold' ? t('member.held') : undefined,
  ];
  return words.list(parts.filter((part) => part !== undefined));
}

/** The role of a member, `undefined` where the server gives none. */
export function roleWord(role: string | undefined, { t }: Words): string | undefined {
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

/** The call state of a member, `undefined` where there is none. */
export function stateWord(state: string | undefined, { t }: Words): string | undefined {
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

/** Two letters for a face: the first of the first word and of the last. */
export function initials(name: string | undefined): string {
  const words = (name ?? '').split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const letters = ends.map((word) => [...new Intl.Segmenter().segment(word ?? '')][0]?.segment);
  return letters.join('').toLocaleUpperCase() || '?';
}
