import type { Alert, MissedCall } from '../../core/alerts/alert';
import { type CallSummary, formatCustomerPath } from '../../core/calls/call-summary';
import { truncate } from '../../core/api/sanitize';
import { formatDuration } from '../../shared/duration';
import { closeIsolates } from '../../shared/bidi';
import { REQUIRED_ROLE, type I18n } from '../i18n';

/** The text of a notification, without markup. */
export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** In UTF-16 units; every desktop cuts longer titles. */
const MAX_NAME_LENGTH = 120;
/** In UTF-16 units; no desktop shows more, and some can't handle megabytes. */
const MAX_BODY_LENGTH = 500;
/** The names listed in a digest. */
const MAX_NAMES = 4;

/**
 * The text of an alert: the title says who, and the body says for which customer, where and from
 * which number. With several accounts, it names the account too.
 */
export function getNotificationText(alert: Alert, i18n: I18n): NotificationText {
  const { title, body } = getAlertText(alert, i18n);
  const { accountLabel } = alert;
  if (accountLabel === undefined) return { title, body };
  const label = i18n.isolate(truncate(accountLabel, MAX_NAME_LENGTH));
  const parts = alert.kind === 'connection-problem' ? [label, body] : [body, label];
  return { title, body: parts.filter((part) => part !== '').join(' · ') };
}

/** The caller's name, or else the number, or why there is none. */
export function getCallerName({ party }: CallSummary, i18n: I18n): string {
  const { name, number } = party;
  if (name !== undefined) return truncate(name, MAX_NAME_LENGTH);
  if (number !== undefined) return i18n.formatNumber(number);
  return i18n.t(party.isWithheld === true ? 'alert.withheld' : 'alert.unknown');
}

function getAlertText(alert: Alert, i18n: I18n): NotificationText {
  switch (alert.kind) {
    case 'ringing':
      return { title: getCallerName(alert.summary, i18n), body: getCallBody(alert.summary, i18n) };
    case 'grouped-rings':
      return { title: i18n.t('alert.ringingMany', { count: alert.count }), body: '' };
    case 'missed': {
      const name = getCallerName(alert.missedCall.summary, i18n);
      return {
        title: i18n.t('alert.missed', { name }),
        body: getMissedCallBody(alert.missedCall, i18n),
      };
    }
    case 'missed-digest': {
      const count = alert.missedCalls.length;
      return {
        title: getDigestTitle(alert.reason, count, i18n),
        body: getDigestBody(alert.missedCalls, i18n),
      };
    }
    case 'long-hold': {
      const name = getCallerName(alert.summary, i18n);
      const duration = formatDuration(alert.limitMs, i18n.language);
      const title = i18n.t('alert.held', { name, duration });
      return { title, body: getCallBody(alert.summary, i18n) };
    }
    case 'connection-problem':
      return getProblemText(alert.problem, i18n);
  }
}

function getProblemText(
  problem: Extract<Alert, { kind: 'connection-problem' }>['problem'],
  { t }: I18n,
): NotificationText {
  switch (problem) {
    case 'offline':
      return { title: t('alert.offline'), body: t('alert.offlineBody') };
    case 'keyring':
      return { title: t('alert.keyring'), body: t('alert.keyringBody') };
    case 'sign-in':
      return { title: t('alert.signIn'), body: t('alert.signInBody') };
    case 'forbidden':
      return {
        title: t('alert.forbidden'),
        body: t('alert.forbiddenBody', { role: REQUIRED_ROLE }),
      };
  }
}

function getCallBody(summary: CallSummary, i18n: I18n): string {
  const { name, number } = summary.party;
  // Without a name, the title is the number.
  const isNumberShown = name !== undefined && number !== undefined;
  return joinParts(i18n, [
    getCustomerText(summary, i18n),
    summary.endpoint,
    isNumberShown ? i18n.formatNumber(number) : undefined,
  ]);
}

function getMissedCallBody({ summary, ringingSince, ringMs }: MissedCall, i18n: I18n): string {
  const duration = ringMs === undefined ? undefined : formatDuration(ringMs, i18n.language);
  return joinParts(i18n, [
    getCustomerText(summary, i18n),
    i18n.formatTime(ringingSince),
    duration === undefined ? undefined : i18n.t('alert.rang', { duration }),
  ]);
}

function getDigestTitle(
  reason: Extract<Alert, { kind: 'missed-digest' }>['reason'],
  count: number,
  { t }: I18n,
): string {
  switch (reason) {
    case 'away':
      return t('alert.missedAway', { count });
    case 'do-not-disturb':
      return t('alert.missedDoNotDisturb', { count });
    case 'many':
      return t('menu.missedCalls', { count });
  }
}

function getDigestBody(missedCalls: readonly MissedCall[], i18n: I18n): string {
  const names = missedCalls.slice(0, MAX_NAMES).map(({ summary }) => getCallerName(summary, i18n));
  const count = missedCalls.length - names.length;
  return joinParts(i18n, [...names, count > 0 ? i18n.t('alert.andMore', { count }) : undefined]);
}

function getCustomerText({ customerPath }: CallSummary, { t }: I18n): string | undefined {
  return customerPath.length === 0
    ? undefined
    : t('alert.forCustomer', { customer: formatCustomerPath(customerPath) });
}

function joinParts(i18n: I18n, parts: readonly (string | undefined)[]): string {
  const text = parts
    .flatMap((part) => (part === undefined || part === '' ? [] : i18n.isolate(part)))
    .join(' · ');
  return closeIsolates(truncate(text, MAX_BODY_LENGTH));
}
