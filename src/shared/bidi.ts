/** Which way a text runs. */
export type TextDirection = 'ltr' | 'rtl';

/** Letters that run from right to left, and those that run from left to right. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;
/** Groups of digits, as in a phone number: right to left the last group would stand first. */
const GROUPED = /\+\d|\d[ ().-]+\d/;

/** The direction of a language that Ringside speaks. */
export function getTextDirection(language: string): TextDirection {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/**
 * A text from outside between the marks that set it apart, where some of it runs against
 * `direction`: a name must not reorder the words around it. Any other text stays as it is.
 */
export function isolateText(text: string, direction: TextDirection): string {
  const against =
    direction === 'rtl' ? LEFT_TO_RIGHT.test(text) || GROUPED.test(text) : RIGHT_TO_LEFT.test(text);
  return against ? `\u2068${text}\u2069` : text;
}

/** A text that was cut short, with the marks that then lack their end ended. */
export function closeIsolates(text: string): string {
  const count = (timestamp: string): number => text.split(timestamp).length - 1;
  return text + '\u2069'.repeat(Math.max(0, count('\u2068') - count('\u2069')));
}
