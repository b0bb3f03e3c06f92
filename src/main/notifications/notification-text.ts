import type { Alert, MissedCall } from '../../core/alerts/alert';
import { type CallSummary, formatCustomerPath } from '../../core/calls/call-summary';
import { truncate } from '../../core/api/sanitize';
import { formatClock, formatDuration } from '../../shared/duration';
import { closeIsolates } from '../../shared/bidi';
import { REQUIRED_ROLE, type I18n } from '../i18n';

/** The text of a notification, without markup. */
export interface NotificationText {
  readonly title: string;
  readonly body: string;
}

/** A notification that isn't about a call. */
export type Message = 'test' | 'hidden-window';

/** In UTF-16 units; every desktop cuts longer titles. */
const MAX_NAME_LENGTH = 120;
/** In UTF-16 units; no desktop shows more, and some can't handle megabytes. */
const MAX_BODY_LENGTH = 500;
/** A longer name leaves no room for the customer behind it. */
const MAX_TITLE_PART_LENGTH = 60;
/** How many names an alert for several calls lists. */
const MAX_NAMES = { rings: 2, missedCalls: 4 };

/**
 * The text of an alert: the title says what happens, who calls and for which customer; the body has
 * the number and the rest. With several accounts, it names the account too.
 */
export function getNotificationText(alert: Alert, i18n: I18n): NotificationText {
  const { title, body } = getAlertText(alert, i18n);
  const { accountLabel } = alert;
  if (accountLabel === undefined) return { title, body };
  const label = i18n.isolate(truncate(accountLabel, MAX_NAME_LENGTH));
  const parts = alert.kind === 'connection-problem' ? [label, body] : [body, label];
  return { title, body: parts.filter((part) => part !== '').join(' · ') };
}

/** The text of a message. */
export function getMessageText(
  message: Message,
  { t }: I18n,
  platform: NodeJS.Platform,
): NotificationText {
  if (message === 'test') return { title: t('message.test'), body: t('message.testBody') };
  const isMac = platform === 'darwin';
  return {
    title: t('message.hiddenWindow'),
    body: t(isMac ? 'message.hiddenWindowBodyMac' : 'message.hiddenWindowBody'),
  };
}

/** The caller's name, or else the number, or why there is none. */
export function getCallerName({ party }: CallSummary, i18n: I18n): string {
  const { name, number } = party;
  if (name !== undefined) return truncate(name, MAX_NAME_LENGTH);
  if (number !== undefined) return i18n.formatNumber(number);
  return i18n.t(party.isWithheld === true ? 'alert.withheld' : 'alert.unknown');
}

/** Whether a caller has no name and withheld the number. */
function isWithheld({ party }: CallSummary): boolean {
  return party.name === undefined && party.number === undefined && party.isWithheld === true;
}

function getAlertText(alert: Alert, i18n: I18n): NotificationText {
  switch (alert.kind) {
    case 'ringing':
      return { title: getRingTitle(alert.summary, i18n), body: getRingBody(alert.summary, i18n) };
    case 'grouped-rings': {
      const { summaries } = alert;
      return {
        title: i18n.t('alert.ringingMany', { count: summaries.length }),
        body: joinNames(
          summaries.map((summary) => getNameWithCustomer(summary, i18n)),
          MAX_NAMES.rings,
          i18n,
        ),
      };
    }
    case 'missed':
      return {
        title: getMissedTitle(alert.missedCall.summary, i18n),
        body: getMissedCallBody(alert.missedCall, i18n),
      };
    case 'missed-digest': {
      const count = alert.missedCalls.length;
      return {
        title: getDigestTitle(alert.reason, count, i18n),
        body: joinNames(
          alert.missedCalls.map(({ summary }) => getCallerName(summary, i18n)),
          MAX_NAMES.missedCalls,
          i18n,
        ),
      };
    }
    case 'voicemail':
      return getVoicemailText(alert, i18n);
    case 'long-hold': {
      const name = getCallerName(alert.summary, i18n);
      const duration = formatDuration(alert.limitMs, i18n.language, 'long');
      const title = i18n.t('alert.held', { name, duration });
      const { customer } = alert.summary;
      return { title, body: joinParts(i18n, [customer, ...getOrigin(alert.summary, i18n)]) };
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

/** What happens: `Grace Hopper is calling Bright Dental`. */
function getRingTitle(summary: CallSummary, i18n: I18n): string {
  const { t } = i18n;
  const { channel, customer: fullCustomer } = summary;
  const fullName = getCallerName(summary, i18n);
  if (fullCustomer === undefined) {
    const name = fullName;
    switch (channel) {
      case undefined:
      case 'Voice':
        return isWithheld(summary) ? t('alert.ringingWithheld') : t('alert.ringing', { name });
      case 'Chat':
        return t('alert.chat', { name });
      case 'Fax':
        return t('alert.fax', { name });
      default:
        return t('alert.other', { name, channel });
    }
  }
  const name = truncate(fullName, MAX_TITLE_PART_LENGTH);
  const customer = truncate(fullCustomer, MAX_TITLE_PART_LENGTH);
  switch (channel) {
    case undefined:
    case 'Voice':
      return isWithheld(summary)
        ? t('alert.ringingWithheldFor', { customer })
        : t('alert.ringingFor', { name, customer });
    case 'Chat':
      return t('alert.chatFor', { name, customer });
    case 'Fax':
      return t('alert.faxFor', { name, customer });
    default:
      return t('alert.otherFor', { name, customer, channel });
  }
}

function getRingBody(summary: CallSummary, i18n: I18n): string {
  const parents = summary.customerPath.filter((name) => name !== summary.customer);
  const parts = [summary.firstMessage, ...getOrigin(summary, i18n), formatCustomerPath(parents)];
  return joinParts(i18n, parts);
}

/** The number and the endpoint. */
function getOrigin(summary: CallSummary, i18n: I18n): readonly (string | undefined)[] {
  return [...getNumberParts(summary, i18n), summary.endpoint];
}

/** The number, unless the title has it in place of a name, and where the name comes from. */
function getNumberParts({ party }: CallSummary, i18n: I18n): readonly (string | undefined)[] {
  const { name, number, isNameFromContacts } = party;
  if (name === undefined || number === undefined) return [];
  const source = isNameFromContacts === true ? i18n.t('alert.fromContacts') : undefined;
  return [i18n.formatNumber(number), source];
}

function getMissedTitle(summary: CallSummary, i18n: I18n): string {
  const name = getCallerName(summary, i18n);
  switch (summary.channel) {
    case 'Chat':
      return i18n.t('alert.missedChat', { name });
    case 'Fax':
      return i18n.t('alert.missedFax', { name });
    default:
      return isWithheld(summary)
        ? i18n.t('alert.missedWithheld')
        : i18n.t('alert.missed', { name });
  }
}

function getNameWithCustomer(summary: CallSummary, i18n: I18n): string {
  const name = i18n.isolate(truncate(getCallerName(summary, i18n), MAX_TITLE_PART_LENGTH));
  const { customer } = summary;
  return customer === undefined
    ? name
    : `${name} (${i18n.isolate(truncate(customer, MAX_TITLE_PART_LENGTH))})`;
}

function getMissedCallBody({ summary, ringingSince, ringMs }: MissedCall, i18n: I18n): string {
  const duration = ringMs === undefined ? undefined : formatDuration(ringMs, i18n.language);
  return joinParts(i18n, [
    summary.customer,
    i18n.formatTime(ringingSince),
    duration === undefined ? undefined : i18n.t('alert.rang', { duration }),
    ...getNumberParts(summary, i18n),
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

/** `Grace Hopper, Alan Turing and 2 more`, each caller once. */
function joinNames(callers: readonly string[], maxNames: number, i18n: I18n): string {
  const { t, language } = i18n;
  const all = [...new Set(callers)];
  const names = all.slice(0, maxNames).map((name) => i18n.isolate(name));
  const count = all.length - names.length;
  const type = count > 0 ? 'unit' : 'conjunction';
  const list = new Intl.ListFormat(language, { type, style: 'long' }).format(names);
  const text = count > 0 ? t('alert.namesAndMore', { names: list, count }) : list;
  return closeIsolates(truncate(text, MAX_BODY_LENGTH));
}

function joinParts(i18n: I18n, parts: readonly (string | undefined)[]): string {
  const text = parts
    .flatMap((part) => (part === undefined || part === '' ? [] : i18n.isolate(part)))
    .join(' · ');
  return closeIsolates(truncate(text, MAX_BODY_LENGTH));
}

function getVoicemailText(
  { voicemail, count }: Extract<Alert, { kind: 'voicemail' }>,
  i18n: I18n,
): NotificationText {
  const { summary, durationMs, transcription } = voicemail;
  const body = joinParts(i18n, [
    count > 1 ? getCallerName(summary, i18n) : undefined,
    durationMs === undefined ? undefined : formatClock(durationMs),
    transcription === undefined ? undefined : i18n.t('alert.quote', { text: transcription }),
    ...getNumberParts(summary, i18n),
  ]);
  const title =
    count > 1 ? i18n.t('alert.voicemails', { count }) : getVoicemailTitle(summary, i18n);
  return { title, body };
}

function getVoicemailTitle(summary: CallSummary, i18n: I18n): string {
  const { t } = i18n;
  const fullName = getCallerName(summary, i18n);
  if (summary.customer === undefined) {
    return isWithheld(summary)
      ? t('alert.voicemailWithheld')
      : t('alert.voicemail', { name: fullName });
  }
  const name = truncate(fullName, MAX_TITLE_PART_LENGTH);
  const customer = truncate(summary.customer, MAX_TITLE_PART_LENGTH);
  return isWithheld(summary)
    ? t('alert.voicemailWithheldFor', { customer })
    : t('alert.voicemailFor', { name, customer });
}
