/** What carriers, SIP, and phone systems send in place of a number. */

/** Why there is no number: the caller withheld it, or the network doesn't know it. */
export type MissingNumber = 'withheld' | 'unknown';

/**
 * Words in place of a number or a name. The English ones come from RFC 3323 section 4.1
 * ("Anonymous"), 3GPP TS 23.003 sections 13.6 and 13.7 ("anonymous@anonymous.invalid",
 * "unavailable@unknown.invalid"), and the CNAM records of North American carriers. The others are
 * what phone systems and gateways send in the languages of Ringside. The Japanese ones are the
 * reasons of NTT's Number Display, whose SIP form (TTC JJ-90.22) also has "Coin line/payphone" and
 * "Interaction with other service".
 */
const WORDS: Readonly<Record<MissingNumber, readonly string[]>> = {
  withheld: [
    ...['anonymous', 'anonymous caller', 'restricted', 'restricted number', 'private'],
    ...['private number', 'private caller', 'private name', 'blocked', 'blocked number'],
    ...['blocked caller', 'caller id blocked', 'withheld', 'number withheld', 'withheld number'],
    ...['hidden', 'hidden number', 'no caller id', 'nocallerid', 'caller id withheld'],
    ...['caller withheld', 'id withheld', 'private caller id', 'unlisted', 'clir'],
    ...['anonym', 'anonymer anrufer', 'unterdrückt', 'nummer unterdrückt', 'unterdrückte nummer'],
    ...['rufnummer unterdrückt', 'unterdrückte rufnummer', 'unterdrueckt', 'nummer unterdrueckt'],
    ...['rufnummer unterdrueckt', 'privat', 'private nummer', 'privatnummer'],
    ...[
      'anonyme',
      'numéro masqué',
      'numéro privé',
      'numéro caché',
      'numéro secret',
      'appel masqué',
    ],
    ...['appel privé', 'appel anonyme', 'anónimo', 'anónima', 'número oculto', 'número privado'],
    ...['llamada privada', 'llamada anónima', 'privado', 'oculto', 'número bloqueado', 'anônimo'],
    ...['número restrito', 'número confidencial', 'chamada anônima', 'chamada privada', 'restrito'],
    ...['anonimo', 'numero privato', 'numero nascosto', 'numero anonimo', 'chiamata anonima'],
    ...[
      'chiamata privata',
      'privato',
      'anoniem',
      'anoniem nummer',
      'anonieme beller',
      'privénummer',
    ],
    ...['privé nummer', 'afgeschermd', 'afgeschermd nummer', 'verborgen nummer', 'dolt nummer'],
    ...[
      'hemligt nummer',
      'skjult nummer',
      'hemmeligt nummer',
      'salattu numero',
      'numer zastrzeżony',
    ],
    ...[
      'zastrzeżony',
      'скрытый номер',
      'номер скрыт',
      'gizli numara',
      '匿名',
      '非通知',
      '非通知設定',
    ],
    ...['番号非通知', 'رقم محجوب', 'رقم خاص', 'رقم مخفي'],
  ],
  unknown: [
    ...['unavailable', 'number unavailable', 'not available', 'unknown', 'unknown caller'],
    ...['unknown number', 'unknown name', 'out of area', 'no number', 'no caller id available'],
    ...['caller id unavailable', 'id unavailable', 'caller unknown', 'not provided', 'undefined'],
    ...['none', 'nil', 'pay phone', 'payphone'],
    ...['unbekannt', 'unbekannter anrufer', 'unbekannte nummer', 'unbekannte rufnummer'],
    ...['keine rufnummer', 'keine nummer', 'inconnu', 'numéro inconnu', 'appel inconnu'],
    ...['appelant inconnu', 'numéro indisponible', 'desconocido', 'número desconocido'],
    ...['llamada desconocida', 'no disponible', 'desconhecido', 'número desconhecido'],
    ...['não identificado', 'número não identificado', 'indisponível', 'sconosciuto'],
    ...['numero sconosciuto', 'chiamante sconosciuto', 'non disponibile', 'onbekend'],
    ...['onbekend nummer', 'onbekende beller', 'niet beschikbaar', 'okänt nummer', 'ukjent nummer'],
    ...['ukendt nummer', 'tuntematon numero', 'numer nieznany', 'неизвестный номер'],
    ...['bilinmeyen numara', 'n/a', 'null', 'asterisk', 'freeswitch'],
    ...['coin line/payphone', 'interaction with other service'],
    ...['表示圏外', '通知不可能', '公衆電話', '不明', '番号不明', 'غير معروف', 'رقم غير معروف'],
    ...['مجهول'],
  ],
};

/**
 * Single letters in place of a number: the reasons for its absence in Telcordia GR-31 (MDMF
 * parameter 04h).
 */
const LETTERS: Readonly<Record<string, MissingNumber>> = { p: 'withheld', o: 'unknown' };

/**
 * Words spelled on a keypad, as carriers and Twilio send them with a plus in front. Source: Twilio
 * support, "Why am I getting calls from these strange numbers?". The list there has RESTRICTED
 * with a digit wrong, and both forms occur.
 */
const KEYPAD_NUMBERS: Readonly<Record<string, MissingNumber>> = {
  '266696687': 'withheld', // ANONYMOUS
  '7378742833': 'withheld', // RESTRICTED
  '7378742883': 'withheld', // RESTRICTED, as listed
  '2562533': 'withheld', // BLOCKED
  '7748283': 'withheld', // PRIVATE
  '94844353': 'withheld', // WITHHELD
  '8656696': 'unknown', // UNKNOWN
  '86282452253': 'unknown', // UNAVAILABLE
};

/** Shorter numbers that only a plus tells from an extension. Same source. */
const PLUS_NUMBERS: Readonly<Record<string, MissingNumber>> = { '464': 'unknown' };

/** Zeros in place of a number, as FreeSWITCH and many gateways send them. No country code is zero. */
const ZEROS = /^(?:\+0+|\+?1?0{7,})$/;
/** A dash, a question mark, or other punctuation. */
const NO_LETTER_OR_DIGIT = /^[\s\p{P}+]+$/u;
const DIGITS_AND_PUNCTUATION = /^\s*\+?[\d\s().-]+$/;

const WORD_REASONS: ReadonlyMap<string, MissingNumber> = new Map(
  (['withheld', 'unknown'] as const).flatMap((reason) =>
    WORDS[reason].map((word) => [normalizeWord(word), reason] as const),
  ),
);

/** Why a text is a placeholder and not a name; `undefined` for any other text. */
export function getMissingNameReason(name: string): MissingNumber | undefined {
  if (NO_LETTER_OR_DIGIT.test(name)) return 'unknown';
  return DIGITS_AND_PUNCTUATION.test(name)
    ? getMissingDigitsReason(name)
    : WORD_REASONS.get(normalizeWord(name));
}

/**
 * Why an address (a number, a word, or `user@host`, without a scheme) is a placeholder and not a
 * number; `undefined` for any other address.
 */
export function getMissingNumberReason(address: string): MissingNumber | undefined {
  const [user = '', host] = address.split('@');
  const reason = getMissingNameReason(user);
  if (reason !== undefined) return reason;
  if (host === undefined) return LETTERS[user.trim().toLowerCase()];
  // RFC 2606: nothing real is in this domain.
  if (!/(?:^|\.)invalid\.?(?::\d+)?$/i.test(host)) return undefined;
  return /^(?:unknown|unavailable)\b/i.test(host) ? 'unknown' : 'withheld';
}

function getMissingDigitsReason(text: string): MissingNumber | undefined {
  const digits = text.replace(/\D/g, '');
  const isInternational = text.trimStart().startsWith('+');
  if (ZEROS.test(isInternational ? `+${digits}` : digits)) return 'unknown';
  const national = digits.replace(/^1/, '');
  return (
    KEYPAD_NUMBERS[digits] ??
    KEYPAD_NUMBERS[national] ??
    (isInternational ? PLUS_NUMBERS[digits] : undefined)
  );
}

/** Case, accents, punctuation, and quotation marks don't matter: `"Caller-ID blocked"`. */
function normalizeWord(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();
}
