import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeWindow, stayInside, type Box } from '../../../src/main/window/placement';

const SIZE = { width: 384, height: 620 };
const MIDDLE = { x: 960, y: 540 };
/** A screen of 1920 × 1080 with a bar of 40 at the edge that is named. */
const WITH_BAR = {
  top: { x: 0, y: 40, width: 1920, height: 1040 },
  bottom: { x: 0, y: 0, width: 1920, height: 1040 },
  left: { x: 40, y: 0, width: 1880, height: 1080 },
  right: { x: 0, y: 0, width: 1880, height: 1080 },
} as const;

describe('the window opens at the tray icon', () => {
  test('below a bar at the top', () => {
    const tray = { x: 1500, y: 8, width: 24, height: 24 };
    expect(placeWindow(SIZE, WITH_BAR.top, tray, MIDDLE)).toEqual({ ...SIZE, x: 1320, y: 48 });
  });

  test('above a bar at the bottom', () => {
    const tray = { x: 1500, y: 1048, width: 24, height: 24 };
    expect(placeWindow(SIZE, WITH_BAR.bottom, tray, MIDDLE)).toEqual({ ...SIZE, x: 1320, y: 412 });
  });

  test('beside a bar at the left', () => {
    const tray = { x: 8, y: 600, width: 24, height: 24 };
    expect(placeWindow(SIZE, WITH_BAR.left, tray, MIDDLE)).toEqual({ ...SIZE, x: 48, y: 302 });
  });

  test('beside a bar at the right', () => {
    const tray = { x: 1888, y: 600, width: 24, height: 24 };
    expect(placeWindow(SIZE, WITH_BAR.right, tray, MIDDLE)).toEqual({ ...SIZE, x: 1488, y: 302 });
  });

  test('and keeps to the edge where the icon sits in a corner', () => {
    const tray = { x: 1896, y: 1048, width: 24, height: 24 };
    const { x } = placeWindow(SIZE, WITH_BAR.bottom, tray, MIDDLE);
    expect(x + SIZE.width).toBe(1920);
  });

  test('clear of a bar that hides itself and leaves no room', () => {
    const whole = { x: 0, y: 0, width: 1920, height: 1080 };
    const tray = { x: 1500, y: 1048, width: 24, height: 24 };
    const { y } = placeWindow(SIZE, whole, tray, MIDDLE);
    expect(y + SIZE.height).toBeLessThanOrEqual(tray.y);
  });

  test('on a second display, left of the first', () => {
    const work = { x: -1280, y: 200, width: 1280, height: 760 };
    const tray = { x: -200, y: 960, width: 24, height: 24 };
    expect(placeWindow(SIZE, work, tray, MIDDLE)).toEqual({ ...SIZE, x: -384, y: 332 });
  });
});

describe('where the place of the icon is not known', () => {
  test.each([
    ['top left', { x: 10, y: 50 }, { x: 8, y: 48 }],
    ['top right', { x: 1900, y: 50 }, { x: 1528, y: 48 }],
    ['bottom left', { x: 10, y: 1070 }, { x: 8, y: 452 }],
    ['bottom right', { x: 1900, y: 1070 }, { x: 1528, y: 452 }],
  ])('it opens in the corner of the pointer: %s', (_, pointer, place) => {
    expect(placeWindow(SIZE, WITH_BAR.top, undefined, pointer)).toEqual({ ...SIZE, ...place });
  });
});

const whole = (min: number, max: number) => fc.integer({ min, max });
const someWork: fc.Arbitrary<Box> = fc.record({
  x: whole(-8_000, 8_000),
  y: whole(-8_000, 8_000),
  width: whole(200, 8_000),
  height: whole(200, 5_000),
});
const someSize = fc.record({ width: whole(340, 4_000), height: whole(420, 4_000) });
const somePoint = fc.record({ x: whole(-16_000, 16_000), y: whole(-16_000, 16_000) });
const someTray = fc.option(
  fc.tuple(somePoint, whole(1, 400), whole(1, 200)).map(([point, width, height]): Box => {
    return { ...point, width, height };
  }),
  { nil: undefined },
);

test('wherever icon and pointer are, the window is whole within the work area', () => {
  fc.assert(
    fc.property(someSize, someWork, someTray, somePoint, (size, work, tray, pointer) => {
      const box = placeWindow(size, work, tray, pointer);
      expect(box.x).toBeGreaterThanOrEqual(work.x);
      expect(box.y).toBeGreaterThanOrEqual(work.y);
      expect(box.x + box.width).toBeLessThanOrEqual(work.x + work.width);
      expect(box.y + box.height).toBeLessThanOrEqual(work.y + work.height);
    }),
  );
});

test('it has the size that is wanted, as far as there is room', () => {
  fc.assert(
    fc.property(someSize, someWork, someTray, somePoint, (size, work, tray, pointer) => {
      const { width, height } = placeWindow(size, work, tray, pointer);
      expect(width).toBe(Math.min(size.width, work.width));
      expect(height).toBe(Math.min(size.height, work.height));
    }),
  );
});

describe('a window that the person put somewhere', () => {
  const work = WITH_BAR.top;

  test('stays there', () => {
    const box = { x: 300, y: 200, width: 500, height: 700 };
    expect(stayInside(box, work)).toEqual(box);
  });

  test('comes back from a screen that is gone', () => {
    const box = { x: 2_500, y: -300, width: 500, height: 700 };
    expect(stayInside(box, work)).toEqual({ x: 1_420, y: 40, width: 500, height: 700 });
  });

  test('is no larger than the screen', () => {
    const box = { x: 0, y: 0, width: 4_000, height: 4_000 };
    expect(stayInside(box, work)).toEqual(work);
  });
});

test('it stands on whole pixels, for Electron takes nothing else', () => {
  const half = fc.record({
    x: fc.double({ noNaN: true, min: -4_000, max: 4_000 }),
    y: whole(0, 99),
  });
  fc.assert(
    fc.property(someSize, someWork, half, (size, work, point) => {
      const tray = { ...point, width: 23, height: 23 };
      const box = placeWindow(size, work, tray, point);
      for (const value of Object.values(box)) expect(Number.isInteger(value)).toBe(true);
    }),
  );
});

test('it never covers an icon that lies outside the work area', () => {
  const edge = fc.constantFrom('top', 'bottom', 'left', 'right');
  fc.assert(
    fc.property(someSize, edge, whole(0, 1_900), (size, side, along) => {
      const work = WITH_BAR[side];
      const place = {
        top: { x: along, y: 8 },
        bottom: { x: along, y: 1_048 },
        left: { x: 8, y: along },
        right: { x: 1_888, y: along },
      }[side];
      const tray = { ...place, width: 24, height: 24 };
      expect(overlap(placeWindow(size, work, tray, MIDDLE), tray)).toBe(false);
    }),
  );
});

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
