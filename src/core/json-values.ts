const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
/** Each value of a list or an object comes after one of these. */
const BEFORE_VALUES: ReadonlySet<number> = new Set(
  ['[', '{', ','].map((mark) => mark.charCodeAt(0)),
);

/**
 * Whether JSON text holds more than so many values, told from its bytes alone: a few megabytes of
 * empty objects make gigabytes of memory, and to count them after they were made is too late.
 */
export function hasMoreValues(json: Uint8Array, most: number): boolean {
  // No value takes less than a byte.
  if (json.length <= most) return false;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfText(json, at + 1);
    else if (byte !== undefined && BEFORE_VALUES.has(byte)) values += 1;
    if (values > most) return true;
  }
  return false;
}

/** Where the quotation mark is that ends a text; beyond the end of the bytes if there is none. */
function endOfText(json: Uint8Array, from: number): number {
  for (let at = from; ; at += 1) {
    at = json.indexOf(QUOTE, at);
    if (at < 0) return json.length;
    let escapes = 0;
    while (json[at - 1 - escapes] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
}
