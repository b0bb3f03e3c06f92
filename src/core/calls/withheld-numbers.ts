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
    ...['hidden', 'hidden number', 'no caller id', 'caller id withheld', 'id withheld'],
    ...['anonym', 'unterdrückt', 'nummer unterdrückt', 'unterdrückte nummer'],
    ...['anonyme', 'numéro masqué', 'numéro privé', 'appel masqué'],
    ...['anónimo', 'número oculto', 'número privado', 'anônimo', 'número restrito'],
    ...['anonimo', 'numero privato', 'numero nascosto', 'anoniem', 'anoniem nummer', 'privénummer'],
    ...['非通知', '非通知設定', '番号非通知', 'رقم محجوب', 'رقم خاص'],
  ],
  unknown: [
    ...['unavailable', 'number unavailable', 'not available', 'unknown', 'unknown caller'],
    ...['unknown number', 'unknown name', 'out of area', 'no number', 'no caller id available'],
    ...['unbekannt', 'unbekannter anrufer', 'inconnu', 'appelant inconnu', 'desconocido'],
    ...['desconhecido', 'sconosciuto', 'onbekend', 'n/a', 'null'],
    ...['coin line/payphone', 'interaction with other service'],
    ...['表示圏外', '通知不可能', '公衆電話', 'غير معروف'],
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

/** Zeros in place of a number, as FreeSWITCH and many gateways send them. */
const ZEROS = /^1?0{7,}$/;

const WORD_REASONS: ReadonlyMap<string, MissingNumber> = new Map(
  (['withheld', 'unknown'] as const).flatMap((reason) =>
    WORDS[reason].map((word) => [normalizeWord(word), reason] as const),
  ),
);

/** Why a text is no name but a placeholder; `undefined` for any other text. */
export function getMissingNameReason(name: string): MissingNumber | undefined {
  return WORD_REASONS.get(normalizeWord(name)) ?? getMissingDigitsReason(name);
}

/**
 * Why an address (a number, a word, or `user@host`, without a scheme) is no number but a
 * placeholder; `undefined` for any other address.
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
  if (!/^\s*\+?[\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (ZEROS.test(digits)) return 'unknown';
  const isInternational = text.trimStart().startsWith('+');
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
