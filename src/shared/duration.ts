const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type UnitDisplay = 'short' | 'long';

/** Languages without spaces between units: `2分10秒`. */
const SPACELESS: ReadonlySet<string> = new Set(['ja']);

/**
 * Formats a duration with at most two units: `18 s`, `2 min 10 s`, `1 h 4 min`, or in words:
 * `2 minutes`.
 */
export function formatDuration(
  ms: number,
  language: string,
  unitDisplay: UnitDisplay = 'short',
): string {
  const units = [
    ['hour', Math.floor(ms / HOUR)],
    ['minute', Math.floor((ms % HOUR) / MINUTE)],
    ['second', Math.floor((ms % MINUTE) / SECOND)],
  ] as const;
  const first = units.findIndex(([unit, value]) => value > 0 || unit === 'second');
  return units
    .slice(first, first + 2)
    .filter(([, value], index) => value > 0 || index === 0)
    .map(([unit, value]) => formatUnit(value, unit, language, unitDisplay))
    .join(SPACELESS.has(language) ? '' : ' ');
}

/** Formats a running time as a clock: `0:07`, `12:41`, `1:02:03`. Never negative. */
export function formatClock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / SECOND));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor((total % 3_600) / 60);
  const seconds = two(total % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

function formatUnit(
  value: number,
  name: 'hour' | 'minute' | 'second',
  language: string,
  unitDisplay: UnitDisplay,
): string {
  // Use the symbols `s` and `h` in English; other languages keep their own abbreviations.
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay,
  });
  const text = format.format(value);
  if (SPACELESS.has(language)) return text.replaceAll(/\s/g, '');
  return text.replace(/\bsec\b/, 's').replace(/\bhr\b/, 'h');
}
