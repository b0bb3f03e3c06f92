/** A number and the extension after it. */
export interface NumberWithExtension {
  readonly number: string;
  /** Digits to dial once the call is answered. */
  readonly extension: string | undefined;
}

/**
 * `;ext=12` (RFC 3966), `x12`, `#12`, `,12`, and the words for an extension in the languages of
 * Ringside, at the end of a number.
 */
const EXTENSION =
  /\s*(?:;ext=|[,;]+|[,;]?\s*(?:[x#~]|ext\.?n?|extension|extensión|durchwahl|dw|poste|interno|int|anexo|ramal|toestel|tst|内線|داخلي|تحويلة))[\s.:=]*(\d(?:[\d().-]*\d)?)#?\s*$/iu;
/** What a number consists of, apart from its extension. */
const NUMBER = /^\+?[\d\s().\-/]*\d[\d\s().\-/]*$/;
const MAX_EXTENSION_LENGTH = 20;
/** Longer texts are no numbers. */
const MAX_LENGTH = 128;

/** Splits a number from its extension. What isn't a number comes back unchanged. */
export function splitExtension(text: string): NumberWithExtension {
  const match = text.length > MAX_LENGTH ? null : EXTENSION.exec(text.normalize('NFKC'));
  if (!match) return { number: text, extension: undefined };
  const number = match.input.slice(0, match.index).trim();
  const extension = match[1]?.replace(/\D/g, '') ?? '';
  return NUMBER.test(number) && extension.length <= MAX_EXTENSION_LENGTH
    ? { number, extension }
    : { number: text, extension: undefined };
}
