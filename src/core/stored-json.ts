/** Names of an older format and what they are called now; `null` moves an object's fields up. */
export type RenamedKeys = Readonly<Record<string, string | null>>;

/**
 * Renames the keys of stored JSON at every depth. `values` maps the old texts of a key, by its new
 * name, to new ones.
 */
export function renameKeys(
  json: unknown,
  keys: RenamedKeys,
  values: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): unknown {
  if (Array.isArray(json)) return json.map((item) => renameKeys(item, keys, values));
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).flatMap(([key, value]): [string, unknown][] => {
    const name = Object.hasOwn(keys, key) ? keys[key] : key;
    const renamed = renameKeys(value, keys, values);
    if (name === null || name === undefined) return Object.entries(renamed ?? {});
    const texts = values[name];
    const isOldText = texts && typeof value === 'string' && Object.hasOwn(texts, value);
    return [[name, isOldText ? texts[value] : renamed]];
  });
  return Object.fromEntries(entries);
}
