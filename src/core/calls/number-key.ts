import { splitExtension } from './extension';
import { getDialableNumber, type Region } from './phone';
import { normalizeSearchText } from './search';

/** A phone number in a form that can be compared, however the number is written. */
export interface NumberKey {
  /** The number as it's dialed, without its extension. */
  readonly base: string;
  readonly extension: string | undefined;
}

/** Returns the key of a number. */
export type GetNumberKey = (number: string) => NumberKey;

/** A complete North American number is its own key: parsing thousands of them takes a while. */
const NORTH_AMERICAN = /^\+1[2-9]\d{9}$/;
/** More numbers than a call log holds. */
const MAX_CACHED_KEYS = 20_000;

/** Creates a function that returns the keys of numbers as they are written in a region. */
export function createNumberKeys(region: Region | undefined): GetNumberKey {
  const cache = new Map<string, NumberKey>();
  return (number) => {
    const cached = cache.get(number);
    if (cached) return cached;
    if (cache.size >= MAX_CACHED_KEYS) cache.clear();
    const key = getNumberKey(number, region);
    cache.set(number, key);
    return key;
  };
}

function getNumberKey(number: string, region: Region | undefined): NumberKey {
  if (NORTH_AMERICAN.test(number)) return { base: number, extension: undefined };
  const { number: base, extension } = splitExtension(number);
  const dialable = getDialableNumber(base, region);
  return { base: dialable ?? normalizeSearchText(base).replaceAll(/\s/g, ''), extension };
}

/**
 * Whether two numbers may belong to the same caller. Without an extension, a number matches itself
 * with any extension.
 */
export function isSameNumber(one: NumberKey, other: NumberKey): boolean {
  return (
    one.base === other.base &&
    (one.extension === other.extension ||
      one.extension === undefined ||
      other.extension === undefined)
  );
}

/** A key as text. Only numbers that are exactly the same have the same text. */
export function toKeyText({ base, extension }: NumberKey): string {
  return extension === undefined ? base : `${base};ext=${extension}`;
}
