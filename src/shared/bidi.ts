/** A text direction. */
export type TextDirection = 'ltr' | 'rtl';

/** Letters of right-to-left and left-to-right scripts. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;
/** Grouped digits, as in a phone number, would be reordered in right-to-left text. */
const GROUPED = /\+\d|\d[ ().-]+\d/;

/** Returns the text direction of a supported language. */
export function getTextDirection(language: string): TextDirection {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/**
 * Wraps a text in isolation marks if a part of it runs against `direction`, so that a name can't
 * reorder the words around it.
 */
export function isolateText(text: string, direction: TextDirection): string {
  const against =
    direction === 'rtl' ? LEFT_TO_RIGHT.test(text) || GROUPED.test(text) : RIGHT_TO_LEFT.test(text);
  return against ? `\u2068${text}\u2069` : text;
}

/** Adds the end marks that a shortened text has lost. */
export function closeIsolates(text: string): string {
  const count = (timestamp: string): number => text.split(timestamp).length - 1;
  return text + '\u2069'.repeat(Math.max(0, count('\u2068') - count('\u2069')));
}
