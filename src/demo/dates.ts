const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

const FORMATS = {
  iso7: (time: number) => formatIso(time).replace('Z', '0000Z'),
  iso: (time: number) => formatIso(time),
  isoOffset: (time: number) => formatIso(time + TWO_HOURS_MS).replace('Z', '+02:00'),
  isoLocal: (time: number) => formatIso(time).replace('Z', ''),
  ticks: (time: number) => `/Date(${Math.floor(time)})/`,
  ticksOffset: (time: number) => `/Date(${Math.floor(time)}-0000)/`,
};

/** The date formats that the server uses or might use. */
export type DateFormat = keyof typeof FORMATS;

export const DATE_FORMATS = Object.keys(FORMATS) as DateFormat[];

function formatIso(time: number): string {
  return new Date(time).toISOString();
}

/** Writes a time in milliseconds since 1970. */
export function formatDate(time: number, format: DateFormat): string {
  return FORMATS[format](time);
}

/** Returns what the server can write for "no date" instead of leaving the field out. */
export function formatNoDate(format: DateFormat): string {
  return format.startsWith('ticks')
    ? '/Date(-62135596800000-0000)/'
    : '0001-01-01T00:00:00.0000000';
}

/** Reads a date in any of these formats; NaN for anything else. */
export function parseDate(text: unknown): number {
  if (typeof text !== 'string') return Number.NaN;
  const ticks = /^\/Date\((-?\d+)/.exec(text)?.[1];
  if (ticks !== undefined) return Number(ticks);
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
}
