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
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const seconds = Math.floor((ms % MINUTE) / SECOND);
  const parts =
    hours > 0
      ? [
          formatUnit(hours, 'hour', language, unitDisplay),
          ...(minutes > 0 ? [formatUnit(minutes, 'minute', language, unitDisplay)] : []),
        ]
      : minutes > 0
        ? [
            formatUnit(minutes, 'minute', language, unitDisplay),
            ...(seconds > 0 ? [formatUnit(seconds, 'second', language, unitDisplay)] : []),
          ]
        : [formatUnit(seconds, 'second', language, unitDisplay)];
  return parts.join(SPACELESS.has(language) ? '' : ' ');
}

/** Formats a duration in words, down to a unit: `1 hour 2 minutes`, `45 seconds`. */
export function formatLongDuration(
  ms: number,
  language: string,
  smallestUnit: 'minute' | 'second',
): string {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const seconds = smallestUnit === 'second' ? Math.floor((ms % MINUTE) / SECOND) : 0;
  const parts = (
    [
      ['hour', hours],
      ['minute', minutes],
      ['second', seconds],
    ] as const
  ).filter(([, value]) => value > 0);
  return (parts.length > 0 ? parts : [[smallestUnit, 0] as const])
    .map(([unit, value]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
    )
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
