/** Longest decoded text in UTF-16 units; the raw value stays whole in {@link Session.raw}. */
const LONGEST_TEXT = 2_000;

// Control characters, what is invisible, and the bidirectional controls with which a name could
// reorder what stands around it. Joiners and ordinary marks stay: Persian and Hindi names need them.
const UNPRINTABLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]+/gu;

/** Most text: ASCII that can be printed, with nothing at its ends that would have to go. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Server text as one line that cannot steer a terminal, a log or the text around it.
 * Control, invisible and bidi characters become a space; the ends are trimmed; the length is
 * bounded.
 */
export function plainLine(text: string): string {
  const bounded = shortened(text, LONGEST_TEXT);
  return PLAIN.test(bounded) ? bounded : bounded.replace(UNPRINTABLE, ' ').trim();
}

/** A text of at most `most` UTF-16 units for places with little room, such as a tray menu. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // A cut through an emoji would leave half of it.
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
