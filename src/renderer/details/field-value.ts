/** The value of a field: one value, or values within. */
export type FieldValue =
  | { readonly kind: 'leaf'; readonly text: string; readonly raw: string }
  | { readonly kind: 'nested'; readonly entries: readonly (readonly [string, unknown])[] };

/** Deeper than this nobody reads: what is below is written as JSON. */
const DEEPEST = 6;
/** Characters of one value that are shown; copying takes all of them. */
const LONGEST = 2_000;

/** Reads a raw value for showing, at its depth in the answer. */
export function readField(value: unknown, depth: number): FieldValue {
  if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    const entries = Object.entries(value);
    if (entries.length > 0) return { kind: 'nested', entries };
  }
  const raw = typeof value === 'string' ? value : asJson(value);
  const text = raw.length > LONGEST ? `${raw.slice(0, LONGEST)}…` : raw;
  return { kind: 'leaf', text, raw };
}

/** A value as JSON with indentation, as for the clipboard. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
