import type { Outcome } from '../../../core/log/entry';
import type { LogEntryView } from '../../../shared/ipc';
import type { Tone } from '../calls/session-text';
import type { I18n } from '../../i18n.svelte';
import { daysAgo } from './group-by-day';

/** Describes how a session ended: `Answered by Maya Kent`, `Missed`. */
export function getOutcomeText(outcome: Outcome, { t }: I18n): string {
  switch (outcome.kind) {
    case 'active':
      return t('outcome.active');
    case 'answered':
      if (outcome.isOwn) return t('outcome.answeredByMe');
      return outcome.by === undefined
        ? t('outcome.answered')
        : t('outcome.answeredBy', { name: outcome.by });
    case 'missed':
      return outcome.wasAway ? t('outcome.missedAway') : t('outcome.missed');
    case 'outgoing':
      return t('outcome.outgoing');
    case 'abandoned':
      return t('outcome.abandoned');
    case 'ended':
      return t('outcome.ended');
  }
}

/** Returns the tone of an outcome. */
export function getOutcomeTone(outcome: Outcome): Tone {
  switch (outcome.kind) {
    case 'active':
    case 'answered':
      return 'connected';
    case 'missed':
    case 'abandoned':
      return 'missed';
    case 'outgoing':
      return 'dialing';
    case 'ended':
      return 'ended';
  }
}

/** Returns the duration of a call, or for how long an unanswered one rang. `undefined` if unknown. */
export function getDurationText(entry: LogEntryView, i18n: I18n): string | undefined {
  const { outcome, ringMs, talkMs, holdMs } = entry;
  if (outcome.kind === 'active') return undefined;
  const callMs = talkMs + holdMs;
  if (callMs > 0) return i18n.duration(callMs);
  return ringMs > 0 ? i18n.t('log.rang', { duration: i18n.duration(ringMs) }) : undefined;
}

/** Says what took a call off the list of calls to return: `Called back 5:07 PM`. */
export function getResolutionText(
  { resolution, startedAt }: Pick<LogEntryView, 'resolution' | 'startedAt'>,
  now: number,
  i18n: I18n,
): string | undefined {
  if (!resolution) return undefined;
  const { kind, at } = resolution;
  if (kind === 'marked-done') return i18n.t('callbacks.done');
  if (kind === 'answered-later') return i18n.t('callbacks.answeredLater');
  const time = daysAgo(startedAt, at) === 0 ? i18n.time(at) : i18n.shortDayTime(at, now);
  return i18n.t('callbacks.calledBack', { time });
}

/** The time of a timestamp, with the day unless it's today: `6:02 PM`, `Fri 6:02 PM`. */
export function formatRecentTime(at: number, now: number, i18n: I18n): string {
  return daysAgo(at, now) === 0 ? i18n.time(at) : i18n.shortDayTime(at, now);
}
