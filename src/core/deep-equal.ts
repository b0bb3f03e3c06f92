/** Limits the recursion: hostile JSON can be nested a hundred thousand levels deep. */
const MAX_DEPTH = 100;

/**
 * Whether two JSON values are equal, regardless of key order. Values nested too deep count as
 * different.
 */
export function deepEqual(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, at) => deepEqual(item, b[at], depth + 1));
  }
  if (Array.isArray(b)) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key in left) {
    if (!Object.hasOwn(right, key) || !deepEqual(left[key], right[key], depth + 1)) return false;
  }
  for (const key in right) if (!Object.hasOwn(left, key)) return false;
  return true;
}
