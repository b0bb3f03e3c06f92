/** Longest decoded text in UTF-16 units; the raw value stays whole in {@link Session.raw}. */
const LONGEST_TEXT = 2_000;

// Control characters, and the bidirectional controls with which a name could reorder what stands
// around it. Joiners and ordinary marks stay: Persian and Hindi names need them.
// eslint-disable-next-line no-control-regex -- these are the characters that must not get through
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Server text as one line that cannot steer a terminal, a log or the text around it.
 * Control and bidi characters become a space; the ends are trimmed; the length is bounded.
 */
export function plainLine(text: string): string {
  const bounded =
    text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1).trimEnd()}…` : text;
  return bounded.replace(UNPRINTABLE, ' ').trim();
}

/** A text of at most `most` UTF-16 units for places with little room, such as a tray menu. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
