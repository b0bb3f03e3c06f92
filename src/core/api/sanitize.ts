/** Longest decoded text in UTF-16 units; the raw value stays whole in {@link Session.raw}. */
const MAX_TEXT_LENGTH = 2_000;

// Control characters, what is invisible, and the bidirectional controls with which a name could
// reorder what stands around it. Joiners, ordinary marks and selectors of a variant stay: Persian,
// Hindi and Japanese names need them.
const UNPRINTABLE =
  /[\u17b4\u17b5\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}]+/gu;

/** Anything of which there is something to be seen. */
const VISIBLE = /[^\p{Z}\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** More marks upon one letter than any language has: they would grow over the lines around it. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Most text: ASCII that can be printed, with nothing at its ends that would have to go. */
const PRINTABLE_ASCII = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Server text as one line that cannot steer a terminal, a log or the text around it.
 * Control, invisible and bidi characters become a space; the ends are trimmed; the length is
 * bounded. A text of which nothing is to be seen is empty.
 */
export function sanitizeLine(text: string): string {
  const bounded = truncate(text, MAX_TEXT_LENGTH);
  if (PRINTABLE_ASCII.test(bounded)) return bounded;
  const line = bounded.toWellFormed().replace(UNPRINTABLE, ' ').replace(STACKED_MARKS, '$1').trim();
  return VISIBLE.test(line) ? line : '';
}

/** A text of at most `most` UTF-16 units for places with little room, such as a tray menu. */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  // A cut through an emoji would leave half of it.
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
