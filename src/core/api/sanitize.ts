/** In UTF-16 units; {@link Session.raw} keeps the whole value. */
const MAX_TEXT_LENGTH = 2_000;

// Control characters, invisible characters, and bidirectional controls that could reorder the text
// around a name. Joiners, common marks, and variation selectors stay: Persian, Hindi, and Japanese
// names need them.
const UNPRINTABLE =
  /[\u17b4\u17b5\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]+/gu;

/** A visible character. */
const VISIBLE = /[^\p{Z}\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/**
 * More combining marks on one letter than any language uses; they would cover the lines around it.
 */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Printable ASCII without surrounding spaces, as in most texts. */
const PRINTABLE_ASCII = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Makes server text safe to display on one line: control, invisible, and bidirectional characters
 * become spaces, the ends are trimmed, and the length is limited. A text without visible characters
 * becomes empty.
 */
export function sanitizeLine(text: string): string {
  const bounded = truncate(text, MAX_TEXT_LENGTH);
  if (PRINTABLE_ASCII.test(bounded)) return bounded;
  const line = bounded.toWellFormed().replace(UNPRINTABLE, ' ').replace(STACKED_MARKS, '$1').trim();
  return VISIBLE.test(line) ? line : '';
}

/** One line of text without control and invisible characters, of any length. */
export function toPlainLine(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
}

/** Lines of text without control and invisible characters. */
export function toPlainLines(text: string): string {
  const lines = text.toWellFormed().split('\n');
  return lines.map((line) => line.replace(UNPRINTABLE, ' ')).join('\n');
}

/** Shortens a text to at most `maxLength` UTF-16 units. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // Don't cut an emoji in half.
  return `${text
    .slice(0, maxLength - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
