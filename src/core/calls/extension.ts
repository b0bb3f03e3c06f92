import { toAsciiDigits } from './digits';

/** A number and the extension after it. */
export interface NumberWithExtension {
  readonly number: string;
  /** Digits to dial once the call is answered. */
  readonly extension: string | undefined;
}

/**
 * `;ext=12` (RFC 3966), `x12`, `#12`, `,12`, the `p12` and `w12` of pauses, and the words for an
 * extension in the languages of Ringside and some others, at the end of a number.
 */
const EXTENSION =
  /\s*[([]?(?:;(?:ext|postd)=|[,;]+|[,;]?\s*(?:[x#~pw]|ext\.?n?|extension|extensión|durchwahl|dw|nebenstelle|nst|apparat|app|klappe|kl|poste|interno|int|anexo|ramal|toestel|tst|anknytning|ankn|lokalnummer|wewn|wew|доб|внутр|вн|dahili|内線|داخلي|تحويلة))[\s.:=]*(?:(?:number|no|nr)\b[\s.:]*)?#?(\d(?:[\d().-]*\d)?)#?[)\]]?\s*$/iu;
/** The parameters of a `tel:` URI that don't say what to dial. */
const OTHER_PARAMETERS = /;(?!ext=|postd=)[a-z][\w-]*(?:=[^;]*)?/gi;
const INVISIBLE = /\p{Cf}/gu;
/** What a number consists of, apart from its extension. */
const NUMBER = /^\+?[\d\s().\-/]*\d[\d\s().\-/]*$/;
const MAX_EXTENSION_LENGTH = 20;
/** Names and digits alone, as in most texts, have no extension. */
const NAME_OR_DIGITS = /^(?:[a-z]|\+?\d+$)/i;
/** Longer texts aren't numbers. */
const MAX_LENGTH = 128;

/** Splits a number from its extension. Anything else is returned unchanged. */
export function splitExtension(text: string): NumberWithExtension {
  const cannotMatch = text.length > MAX_LENGTH || NAME_OR_DIGITS.test(text);
  const match = cannotMatch ? null : EXTENSION.exec(simplify(text));
  if (!match) return { number: text, extension: undefined };
  const number = match.input.slice(0, match.index).trim();
  const extension = match[1]?.replace(/\D/g, '') ?? '';
  return NUMBER.test(number) && extension.length <= MAX_EXTENSION_LENGTH
    ? { number, extension }
    : { number: text, extension: undefined };
}

function simplify(text: string): string {
  const visible = toAsciiDigits(text.normalize('NFKC')).replace(INVISIBLE, '');
  // A name in front of parameters keeps them.
  return /^\+?[\d\s().\-/]+;/.test(visible) ? visible.replace(OTHER_PARAMETERS, '') : visible;
}
