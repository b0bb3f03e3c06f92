import type { Alert, Miss } from '../../core/alert';
import type { Facts } from '../../core/facts';
import { pathText } from '../../core/place';
import { shortened } from '../../core/text';
import { durationWords } from '../../shared/duration';
import { closed } from '../../shared/isolate';
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
  const { account } = alert;
  if (account === undefined) return { title, body };
  const label = i18n.isolate(shortened(account, MAX_NAME_LENGTH));
  const parts = alert.kind === 'trouble' ? [label, body] : [body, label];
  return { title, body: parts.filter((part) => part !== '').join(' · ') };
}

/** The caller's name, or else the number. */
export function getCallerName({ party }: Facts, i18n: I18n): string {
  const { name, number } = party;
  if (name !== undefined) return shortened(name, MAX_NAME_LENGTH);
  return number === undefined ? i18n.t('alert.unknown') : i18n.formatNumber(number);
}

function getAlertText(alert: Alert, i18n: I18n): NotificationText {
  switch (alert.kind) {
    case 'ringing':
      return { title: getCallerName(alert.facts, i18n), body: getCallBody(alert.facts, i18n) };
    case 'ringing-many':
      return { title: i18n.t('alert.ringingMany', { count: alert.count }), body: '' };
    case 'missed': {
      const name = getCallerName(alert.miss.facts, i18n);
      return { title: i18n.t('alert.missed', { name }), body: getMissedCallBody(alert.miss, i18n) };
    }
    case 'missed-many': {
      const count = alert.misses.length;
      const title =
        alert.because === 'away'
          ? i18n.t('alert.missedAway', { count })
          : i18n.t('alert.missedDoNotDisturb', { count });
      return { title, body: getDigestBody(alert.misses, i18n) };
    }
    case 'held-long': {
      const name = getCallerName(alert.facts, i18n);
      const duration = durationWords(alert.limit, i18n.language);
      const title = i18n.t('alert.held', { name, duration });
      return { title, body: getCallBody(alert.facts, i18n) };
    }
    case 'trouble':
      return getProblemText(alert.trouble, i18n);
  }
}

function getProblemText(
  problem: Extract<Alert, { kind: 'trouble' }>['trouble'],
  { t }: I18n,
): NotificationText {
  switch (problem) {
    case 'offline':
      return { title: t('alert.offline'), body: t('alert.offlineBody') };
    case 'sign-in':
      return { title: t('alert.signIn'), body: t('alert.signInBody') };
    case 'forbidden':
      return {
        title: t('alert.forbidden'),
        body: t('alert.forbiddenBody', { role: REQUIRED_ROLE }),
      };
  }
}

function getCallBody(facts: Facts, i18n: I18n): string {
  const { name, number } = facts.party;
  // Without a name, the title is the number.
  const isNumberShown = name !== undefined && number !== undefined;
  return joinParts(i18n, [
    getCustomerText(facts, i18n),
    facts.place.endpoint,
    isNumberShown ? i18n.formatNumber(number) : undefined,
  ]);
}

function getMissedCallBody({ facts, at, rang }: Miss, i18n: I18n): string {
  const duration = rang === undefined ? undefined : durationWords(rang, i18n.language);
  return joinParts(i18n, [
    getCustomerText(facts, i18n),
    i18n.formatTime(at),
    duration === undefined ? undefined : i18n.t('alert.rang', { duration }),
  ]);
}

function getDigestBody(misses: readonly Miss[], i18n: I18n): string {
  const names = misses.slice(0, MAX_NAMES).map(({ facts }) => getCallerName(facts, i18n));
  const count = misses.length - names.length;
  return joinParts(i18n, [...names, count > 0 ? i18n.t('alert.andMore', { count }) : undefined]);
}

function getCustomerText({ place }: Facts, { t }: I18n): string | undefined {
  return place.path.length === 0
    ? undefined
    : t('alert.forCustomer', { customer: pathText(place.path) });
}

function joinParts(i18n: I18n, parts: readonly (string | undefined)[]): string {
  const text = parts
    .flatMap((part) => (part === undefined || part === '' ? [] : i18n.isolate(part)))
    .join(' · ');
  return closed(shortened(text, MAX_BODY_LENGTH));
}
