import {
  isNextOccurrence,
  resolveDoNotDisturb,
  type ActiveDoNotDisturb,
  type DoNotDisturbOption,
} from '../../core/settings/do-not-disturb';
import type { I18n } from '../i18n.svelte';

/** Says that Do Not Disturb is on, and until when. */
export function getDoNotDisturbText({ until }: ActiveDoNotDisturb, i18n: I18n): string {
  if (until === null) return i18n.t('doNotDisturb.on');
  const time = i18n.time(until);
  return isNextOccurrence(until, Date.now())
    ? i18n.t('doNotDisturb.until', { time })
    : i18n.t('doNotDisturb.untilDay', { day: i18n.weekday(until), time });
}

/** Names a choice and when it ends: `For 30 minutes (until 5:58 PM)`, `Until tomorrow, 6:00 AM`. */
export function getDoNotDisturbChoiceText(
  choice: Exclude<DoNotDisturbOption, 'off'>,
  now: number,
  i18n: I18n,
): string {
  const { t } = i18n;
  const end = resolveDoNotDisturb(choice, now);
  if (typeof end !== 'number') return t('doNotDisturb.until-turned-off');
  const time = i18n.time(end);
  if (choice === '30-minutes' || choice === '1-hour') {
    return t('doNotDisturb.choiceUntil', { choice: t(`doNotDisturb.${choice}`), time });
  }
  // After midnight, the next morning is today's.
  const isToday = new Date(end).toDateString() === new Date(now).toDateString();
  return t(isToday ? 'doNotDisturb.todayUntil' : 'doNotDisturb.tomorrowUntil', { time });
}
