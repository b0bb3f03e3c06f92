import type { Alert, Miss } from '../core/alert';
import type { Facts } from '../core/facts';
import { pathText } from '../core/place';
import { shortened } from '../core/text';
import { durationWords } from '../shared/duration';
import { closed, directionOf, isolated } from '../shared/isolate';
import type { Say } from './desktop-words';

/** What a notification says. Plain text: markup is the business of who shows it. */
export interface AlertWords {
  readonly title: string;
  readonly body: string;
}

/** What words need besides the alert. */
export interface Voice {
  readonly say: Say;
  readonly language: string;
  readonly formatNumber: (number: string) => string;
  /** The role that a login needs to see sessions. */
  readonly role: string;
}

/** A title longer than this (UTF-16 units) is cut by every desktop anyway. */
const LONGEST_NAME = 120;
/** No desktop shows more of a body than this (UTF-16 units), and some choke on megabytes. */
const LONGEST_BODY = 500;
/** Names that a digest lists; the rest is counted. */
const MOST_NAMES = 4;

/**
 * The words of an alert: who as the title; for whom, where and the number as the body, and which
 * account it is about where there are several.
 */
export function alertWords(alert: Alert, voice: Voice): AlertWords {
  const { title, body } = ownWords(alert, voice);
  const { account } = alert;
  if (account === undefined) return { title, body };
  const label = isolated(shortened(account, LONGEST_NAME), directionOf(voice.language));
  // What a call is about comes before whose it is; trouble is the account's own.
  const parts = alert.kind === 'trouble' ? [label, body] : [body, label];
  return { title, body: parts.filter((part) => part !== '').join(' · ') };
}

function ownWords(alert: Alert, voice: Voice): AlertWords {
  const { say, language } = voice;
  switch (alert.kind) {
    case 'ringing':
      return { title: callerName(alert.facts, voice), body: whereText(alert.facts, voice) };
    case 'ringing-many':
      return { title: say('alert.ringingMany', { count: alert.count }), body: '' };
    case 'missed': {
      const { facts } = alert.miss;
      return {
        title: say('alert.missed', { name: callerName(facts, voice) }),
        body: missText(alert.miss, voice),
      };
    }
    case 'missed-many': {
      const count = alert.misses.length;
      const title =
        alert.because === 'away'
          ? say('alert.missedAway', { count })
          : say('alert.missedSilent', { count });
      return { title, body: namesText(alert.misses, voice) };
    }
    case 'held-long': {
      const name = callerName(alert.facts, voice);
      const duration = durationWords(alert.limit, language);
      return { title: say('alert.held', { name, duration }), body: whereText(alert.facts, voice) };
    }
    case 'trouble':
      return troubleWords(alert.trouble, voice);
  }
}

/** The caller's name, or number, or that neither is known. */
export function callerName({ party }: Facts, { say, formatNumber }: Voice): string {
  const { name, number } = party;
  if (name !== undefined) return shortened(name, LONGEST_NAME);
  return number === undefined ? say('alert.unknown') : formatNumber(number);
}

function whereText(facts: Facts, voice: Voice): string {
  const { party, place } = facts;
  // The number is the title already where no name is known.
  const number = party.name === undefined ? undefined : party.number;
  return joined(voice, [
    customerText(facts, voice),
    place.endpoint,
    number === undefined ? undefined : voice.formatNumber(number),
  ]);
}

function missText(miss: Miss, voice: Voice): string {
  const time = new Intl.DateTimeFormat(voice.language, { timeStyle: 'short' }).format(miss.at);
  const duration = miss.rang === undefined ? undefined : durationWords(miss.rang, voice.language);
  return joined(voice, [
    customerText(miss.facts, voice),
    time,
    duration === undefined ? undefined : voice.say('alert.rang', { duration }),
  ]);
}

function customerText({ place }: Facts, { say }: Voice): string | undefined {
  return place.path.length === 0 ? undefined : say('alert.for', { customer: pathText(place.path) });
}

function namesText(misses: readonly Miss[], voice: Voice): string {
  const names = misses.slice(0, MOST_NAMES).map(({ facts }) => callerName(facts, voice));
  const more = misses.length - names.length;
  return joined(voice, [
    ...names,
    more > 0 ? voice.say('alert.andMore', { count: more }) : undefined,
  ]);
}

function troubleWords(
  trouble: Extract<Alert, { kind: 'trouble' }>['trouble'],
  { say, role }: Voice,
): AlertWords {
  switch (trouble) {
    case 'offline':
      return { title: say('alert.offline'), body: say('alert.offlineBody') };
    case 'sign-in':
      return { title: say('alert.signIn'), body: say('alert.signInBody') };
    case 'forbidden':
      return { title: say('alert.forbidden'), body: say('alert.forbiddenBody', { role }) };
  }
}

function joined({ language }: Voice, parts: readonly (string | undefined)[]): string {
  const direction = directionOf(language);
  const text = parts
    .flatMap((part) => (part === undefined || part === '' ? [] : isolated(part, direction)))
    .join(' · ');
  return closed(shortened(text, LONGEST_BODY));
}
