import type { CallerHistory, LastTalk } from '../../../core/log/caller-history';
import type { I18n } from '../../i18n.svelte';
import { daysAgo } from '../log/group-by-day';

/** Calls up to this many days old show a weekday instead of a date. */
const MAX_WEEKDAYS = 6;

/** What happened before: `3 calls today`, `missed 10:12 AM`, `talked to Pat yesterday, 4 min`. */
export function getHistoryTexts(
  history: CallerHistory,
  now: number,
  i18n: I18n,
): readonly (string | undefined)[] {
  const { callsToday, lastMissedAt, lastTalk } = history;
  return [
    callsToday > 1 ? i18n.t('history.callsToday', { count: callsToday }) : undefined,
    lastMissedAt === undefined
      ? undefined
      : i18n.t('history.missed', { time: getWhen(lastMissedAt, now, i18n) }),
    lastTalk && getTalkText(lastTalk, getWhen(lastTalk.at, now, i18n), i18n),
  ];
}

function getTalkText({ by, isOwn, talkMs, direction }: LastTalk, time: string, i18n: I18n): string {
  const text =
    direction === 'outgoing'
      ? i18n.t('history.called', { time })
      : isOwn
        ? i18n.t('history.talkedToYou', { time })
        : by === undefined
          ? i18n.t('history.talked', { time })
          : i18n.t('history.talkedTo', { name: by, time });
  return talkMs > 0
    ? i18n.t('history.withDuration', { text, duration: i18n.duration(talkMs) })
    : text;
}

/** A time today, a day, or a date. */
function getWhen(at: number, now: number, i18n: I18n): string {
  const days = daysAgo(at, now);
  if (days <= 0) return i18n.time(at);
  if (days === 1) {
    const format = new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' });
    return format.format(-1, 'day');
  }
  return days <= MAX_WEEKDAYS ? i18n.weekday(at) : i18n.day(at);
}
