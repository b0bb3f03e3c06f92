/** A raw field: a single value or nested fields. */
export type RawFieldContent =
  | { readonly kind: 'value'; readonly text: string; readonly fullText: string }
  | { readonly kind: 'nested'; readonly entries: readonly (readonly [string, unknown])[] };

/** Deeper levels are shown as JSON. */
const MAX_DEPTH = 6;
/** Longer values are truncated on screen, but copied in full. */
const MAX_TEXT_LENGTH = 2_000;

/** Prepares a raw value at a nesting depth for display. */
export function parseRawField(value: unknown, depth: number): RawFieldContent {
  if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    const entries = Object.entries(value);
    if (entries.length > 0) return { kind: 'nested', entries };
  }
  const fullText = typeof value === 'string' ? value : toJson(value);
  const text =
    fullText.length > MAX_TEXT_LENGTH ? `${fullText.slice(0, MAX_TEXT_LENGTH)}…` : fullText;
  return { kind: 'value', text, fullText };
}

/** Formats a value as indented JSON. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
