/** Letters that run from right to left, and those that run from left to right. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;

/**
 * A text from outside between the marks that set it apart, where some of it runs against
 * `direction`: a name must not reorder the words around it. Any other text stays as it is.
 */
export function isolated(text: string, direction: 'ltr' | 'rtl'): string {
  const against = direction === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return against.test(text) ? `\u2068${text}\u2069` : text;
}
