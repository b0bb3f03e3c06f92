import { MAX_VOICEMAILS } from '../voicemail/voicemail';
import { isMuted, isSilenced, type AlertRules } from './alert-rules';
import type { AlertState } from './alert-state';
import type { Alert } from './alert';
import type { CallSummary } from '../calls/call-summary';

/** What's known about the voice messages of an account; `null` before the first list. */
export interface VoicemailState {
  /** Whether each known message was heard, by id, latest last. */
  readonly isHeard: ReadonlyMap<string, boolean>;
  /** Messages that haven't been announced yet. */
  readonly queued: readonly AnnouncedVoicemail[];
}

/** A voice message in an alert, with the summary of the call that it belongs to. */
export interface AnnouncedVoicemail {
  readonly id: string;
  readonly summary: CallSummary;
  readonly durationMs: number | undefined;
  readonly transcription: string | undefined;
}

/** Longer than a list, so that no listed message is forgotten. */
const MAX_KNOWN = 2 * MAX_VOICEMAILS;
/** More new messages than this at once share an alert. */
const MAX_SINGLE_ALERTS = 3;

/** Applies a list of messages, newest first. Those of the first list count as heard. */
export function applyVoicemails(
  state: AlertState,
  received: readonly AnnouncedVoicemail[],
): AlertState {
  const { isHeard = new Map<string, boolean>(), queued = [] } = state.voicemail ?? {};
  const isKnown = ({ id }: AnnouncedVoicemail): boolean => isHeard.has(id);
  const lastKnown = received.findLastIndex(isKnown);
  // An old message enters a full list when a newer one is deleted.
  const hasOld = received.length >= MAX_VOICEMAILS && lastKnown !== -1;
  const added = received.filter((one) => !isKnown(one));
  if (state.voicemail && added.length === 0) return state;
  const recent = hasOld ? received.slice(0, lastKnown) : received;
  const unheard = state.voicemail ? recent.filter((one) => !isKnown(one)) : [];
  // The oldest first, so that the latest are remembered longest.
  const entries = added.map((one): [string, boolean] => [one.id, !unheard.includes(one)]).reverse();
  return {
    ...state,
    voicemail: {
      isHeard: new Map([...isHeard, ...entries].slice(-MAX_KNOWN)),
      queued: [...queued, ...unheard.reverse()].slice(-MAX_VOICEMAILS),
    },
  };
}

/** Marks messages as heard or not, and withdraws the alerts of those that were heard. */
export function markVoicemailsHeard(
  state: AlertState,
  ids: readonly string[],
  heard: boolean,
): AlertState {
  const { voicemail } = state;
  const changed = ids.filter((id) => voicemail?.isHeard.get(id) === !heard);
  if (!voicemail || changed.length === 0) return state;
  const isHeard = new Map(voicemail.isHeard);
  for (const id of changed) isHeard.set(id, heard);
  if (!heard) return { ...state, voicemail: { ...voicemail, isHeard } };
  const gone = new Set(changed);
  return {
    ...state,
    voicemail: { isHeard, queued: voicemail.queued.filter(({ id }) => !gone.has(id)) },
    open: state.open.filter((alert) => alert.kind !== 'voicemail' || !gone.has(alert.voicemail.id)),
  };
}

/** Raises alerts for new messages, unless Do Not Disturb silences them. */
export function announceVoicemails(state: AlertState, rules: AlertRules): AlertState {
  const { voicemail } = state;
  if (!voicemail || voicemail.queued.length === 0) return state;
  const ready = voicemail.queued.filter(({ summary }) => !isSilenced(summary, rules));
  if (ready.length === 0) return state;
  const wanted = ready.filter(
    ({ summary }) => rules.shouldAlertVoicemails && !isMuted(summary, rules),
  );
  const announced = wanted.length > MAX_SINGLE_ALERTS ? wanted.slice(-1) : wanted;
  const alerts = announced.map((one): Alert => {
    const count = wanted.length - announced.length + 1;
    return { kind: 'voicemail', key: `voicemail:${one.id}`, voicemail: one, count };
  });
  return {
    ...state,
    voicemail: { ...voicemail, queued: voicemail.queued.filter((one) => !ready.includes(one)) },
    open: [...state.open, ...alerts],
  };
}
