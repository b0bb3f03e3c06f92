import { Variant } from 'dbus-next';

/** Converts a D-Bus value to plain data: unwraps variants at every depth. */
export function unwrapVariants(value: unknown): unknown {
  if (value instanceof Variant) return unwrapVariants(value.value);
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(unwrapVariants);
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, unwrapVariants(item)]),
    );
  }
  return value;
}

/** The value if it is a string, else an empty one. */
export const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The value if it is a number, else 0. */
export const toNumber = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The value if it is an array, else an empty one. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value if it is a record, else an empty one. */
export const toRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  isRecord(value) ? value : {};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
