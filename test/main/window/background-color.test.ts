import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getBackgroundColor } from '../../../src/main/window/background-color';

const TOKENS = readFileSync(
  join(import.meta.dirname, '../../../src/renderer/styles/tokens.css'),
  'utf8',
);
const [normal = [], highContrast = []] = [
  ...TOKENS.matchAll(/--background: light-dark\((.+)\);/g),
].map(([, colors = '']) => colors.split('), ').map(toHex));

const createTheme = (shouldUseDarkColors: boolean, shouldUseHighContrastColors = false) => ({
  shouldUseDarkColors,
  shouldUseHighContrastColors,
});

test('returns the page’s own background color in every theme', () => {
  expect(getBackgroundColor('normal', createTheme(false))).toBe(normal[0]);
  expect(getBackgroundColor('normal', createTheme(true))).toBe(normal[1]);
  expect(getBackgroundColor('high', createTheme(false))).toBe(highContrast[0]);
  expect(getBackgroundColor('high', createTheme(true))).toBe(highContrast[1]);
});

test('follows the system’s contrast unless the user set one', () => {
  expect(getBackgroundColor('system', createTheme(true, true))).toBe(highContrast[1]);
  expect(getBackgroundColor('system', createTheme(true, false))).toBe(normal[1]);
  expect(getBackgroundColor('normal', createTheme(true, true))).toBe(normal[1]);
});

/** Converts `oklch(0.984 0.002 265)` as browsers do, by way of OKLab. */
function toHex(oklch: string): string {
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
  return `#${linear.map(toHexByte).join('')}`;
}

function toHexByte(linear: number): string {
  const gamma = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  const byte = Math.round(Math.min(1, Math.max(0, gamma)) * 255);
  return byte.toString(16).padStart(2, '0');
}
