import { Variant } from 'dbus-next';

/** A D-Bus value as plain data: variants are unwrapped, however deep they sit. */
export function plain(value: unknown): unknown {
  if (value instanceof Variant) return plain(value.value);
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}

/** The text, or nothing where there is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The number, or 0 where there is none. */
export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The list, or an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The named values, or none. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isRecord(value) ? value : {};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
