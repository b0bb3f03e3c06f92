/** Schemas and helpers for stored JSON. */
import * as v from 'valibot';
import type { CallSummary } from './calls/call-summary';

/** JavaScript has no dates beyond this. */
export const MAX_DATE_MS = 8.64e15;
/** JSON has no `undefined`: an absent property gets that value. */
export const optionalText = v.optional(v.string(), () => undefined);
export const storedSummary: v.GenericSchema<unknown, CallSummary> = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  direction: v.picklist(['incoming', 'outgoing']),
  channel: optionalText,
  party: v.object({
    name: optionalText,
    number: optionalText,
    isWithheld: v.exactOptional(v.boolean()),
  }),
  customer: optionalText,
  customerPath: v.array(v.string()),
  endpoint: optionalText,
});

/** Parses JSON that may begin with a byte order mark, as Windows editors and tools write it. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF+/, ''));
}

/** Old key names and their new names; `null` merges an object into its parent. */
export type RenamedKeys = Readonly<Record<string, string | null>>;

const MAX_DEPTH = 20;

/**
 * Renames the keys of stored JSON at every depth. `values` maps old texts to new ones by the new
 * name of their key.
 */
export function renameKeys(
  json: unknown,
  keys: RenamedKeys,
  values: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
  depth = 0,
): unknown {
  if (typeof json !== 'object' || json === null) return json;
  // Limits the recursion, even for a damaged file. No format is nested this deep.
  if (depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(json)) return json.map((item) => renameKeys(item, keys, values, depth + 1));
  const entries = Object.entries(json).flatMap(([key, value]): [string, unknown][] => {
    const name = Object.hasOwn(keys, key) ? keys[key] : key;
    const renamed = renameKeys(value, keys, values, depth + 1);
    if (name === null || name === undefined) return Object.entries(renamed ?? {});
    const texts = values[name];
    const isOldText = texts && typeof value === 'string' && Object.hasOwn(texts, value);
    return [[name, isOldText ? texts[value] : renamed]];
  });
  return Object.fromEntries(entries);
}
