import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const styles = resolve(import.meta.dirname, '../../src/renderer/styles');
const read = (file: string): string => readFileSync(resolve(styles, file), 'utf8');

/** The lightness of a nearly gray token in the light and the dark theme. */
function getLightness(token: string): readonly [number, number] {
  const match = new RegExp(`--${token}: light-dark\\(oklch\\(([\\d.]+).*?oklch\\(([\\d.]+)`).exec(
    read('tokens.css'),
  );
  return [Number(match?.[1]), Number(match?.[2])];
}

/** The contrast of two grays. The luminance of a gray is its lightness cubed. */
function getContrast(one: number, other: number): number {
  const [dark = 0, light = 0] = [one ** 3 + 0.05, other ** 3 + 0.05].toSorted((a, b) => a - b);
  return light / dark;
}

test.each(['background', 'surface'])('the border of a field stands out from the %s', (ground) => {
  expect(read('base.css')).toMatch(/\.input \{[^}]*border: 1px solid var\(--outline\)/);
  const border = getLightness('outline');
  getLightness(ground).forEach((lightness, theme) => {
    expect(getContrast(lightness, border[theme] ?? 0)).toBeGreaterThanOrEqual(3);
  });
});
