import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { groundOf, lookOf } from '../../../src/main/window/ground';

const TOKENS = readFileSync(
  join(import.meta.dirname, '../../../src/renderer/styles/tokens.css'),
  'utf8',
);

describe('the ground behind the page', () => {
  const [normal = [], high = []] = [...TOKENS.matchAll(/--background: light-dark\((.+)\);/g)].map(
    ([, both = '']) => both.split('), ').map(hexOf),
  );

  test.each([
    { look: { dark: false, highContrast: false }, ground: normal[0] },
    { look: { dark: true, highContrast: false }, ground: normal[1] },
    { look: { dark: false, highContrast: true }, ground: high[0] },
    { look: { dark: true, highContrast: true }, ground: high[1] },
  ])('has the very color of the page: $ground', ({ look, ground }) => {
    expect(groundOf(look)).toBe(ground);
  });
});

describe('the contrast', () => {
  const system = { shouldUseDarkColors: true, shouldUseHighContrastColors: true };

  test('is that of the system, unless it was set', () => {
    expect(lookOf({ contrast: 'system' }, system)).toEqual({ dark: true, highContrast: true });
    expect(lookOf({ contrast: 'normal' }, system)).toEqual({ dark: true, highContrast: false });
  });

  test('can be high on a system that knows of none', () => {
    const plain = { shouldUseDarkColors: false, shouldUseHighContrastColors: false };
    expect(lookOf({ contrast: 'high' }, plain)).toEqual({ dark: false, highContrast: true });
  });
});

/** `oklch(0.984 0.002 265)` as a browser paints it: the published conversion by way of OKLab. */
function hexOf(oklch: string): string {
  const [l = 0, c = 0, h = 0] = [...oklch.matchAll(/[\d.]+/g)].map(([number]) => Number(number));
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
  return `#${linear.map(byteOf).join('')}`;
}

function byteOf(linear: number): string {
  const curved = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  const byte = Math.round(Math.min(1, Math.max(0, curved)) * 255);
  return byte.toString(16).padStart(2, '0');
}
