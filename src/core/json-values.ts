import { atOnce, type Steps } from './steps';

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
/** Each value of a list or an object comes after one of these. */
const [LIST, OBJECT, COMMA] = ['[', '{', ','].map((mark) => mark.charCodeAt(0));

/**
 * Whether JSON text holds more than so many values, told from its bytes alone: a few megabytes of
 * empty objects make gigabytes of memory, and to count them after they were made is too late.
 */
export function hasMoreValues(json: Uint8Array, most: number): boolean {
  return atOnce(hasMoreValuesSteps(json, most));
}

/** Bytes between two pauses, a power of two: a fraction of a millisecond of work. */
const BETWEEN_PAUSES = 2 ** 17;

/** The same, a piece at a time: tens of megabytes take a tenth of a second. */
export function* hasMoreValuesSteps(json: Uint8Array, most: number): Steps<boolean> {
  // None takes less than two bytes: a list ends too, and others stand between marks.
  if (json.length < 2 * most) return false;
  let values = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) inText = !inText;
    else if (inText) {
      if (byte === BACKSLASH) at += 1;
    } else if (byte === COMMA || byte === OBJECT || byte === LIST) values += 1;
    if (values > most) return true;
    if (at % BETWEEN_PAUSES === 0) yield;
  }
  return false;
}
