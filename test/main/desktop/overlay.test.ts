import { expect, test } from 'vitest';
import { overlayBitmap, OVERLAY_SIZE } from '../../../src/main/desktop/overlay';

const pixel = (x: number, y: number): readonly number[] => [
  ...overlayBitmap().subarray((y * OVERLAY_SIZE + x) * 4, (y * OVERLAY_SIZE + x) * 4 + 4),
];

test('the spot over an icon is red in the middle and nothing at the corners', () => {
  expect(overlayBitmap()).toHaveLength(OVERLAY_SIZE ** 2 * 4);
  const [blue = 0, green = 0, red = 0, opacity] = pixel(8, 8);
  expect(opacity).toBe(255);
  expect(red).toBeGreaterThan(2 * Math.max(blue, green));
  for (const [x, y] of [
    [0, 0],
    [15, 0],
    [0, 15],
    [15, 15],
  ] as const) {
    expect(pixel(x, y)).toEqual([0, 0, 0, 0]);
  }
});

test('its edge is soft, and no part of it brighter than it is there', () => {
  const pixels = Array.from({ length: OVERLAY_SIZE ** 2 }, (_, at) => pixel(at % 16, at >> 4));
  expect(pixels.some(([, , , opacity = 0]) => opacity > 0 && opacity < 255)).toBe(true);
  for (const [blue = 0, green = 0, red = 0, opacity = 0] of pixels) {
    expect(Math.max(blue, green, red)).toBeLessThanOrEqual(opacity);
  }
});
