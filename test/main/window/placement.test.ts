import type { Rectangle } from 'electron';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitSize,
  isOnPanel,
  moveInside,
  placeAtTray,
  type Screen,
} from '../../../src/main/window/placement';

const SIZE = { width: 384, height: 620 };
const BOUNDS = { x: 0, y: 0, width: 1920, height: 1080 };
/** A 1920 × 1080 screen with a 40-pixel panel at the named edge. */
const WORK_AREAS = {
  top: { x: 0, y: 40, width: 1920, height: 1040 },
  bottom: { x: 0, y: 0, width: 1920, height: 1040 },
  left: { x: 40, y: 0, width: 1880, height: 1080 },
  right: { x: 0, y: 0, width: 1880, height: 1080 },
} as const;

describe('placeAtTray with a known icon', () => {
  test('puts the window below a panel at the top', () => {
    const icon = { x: 1500, y: 8, width: 24, height: 24 };
    expect(placeAtTray(SIZE, onScreen(WORK_AREAS.top), icon)).toEqual({ ...SIZE, x: 1320, y: 48 });
  });

  test('puts the window above a panel at the bottom', () => {
    const icon = { x: 1500, y: 1048, width: 24, height: 24 };
    expect(placeAtTray(SIZE, onScreen(WORK_AREAS.bottom), icon)).toEqual({
      ...SIZE,
      x: 1320,
      y: 412,
    });
  });

  test('puts the window next to a panel on the left', () => {
    const icon = { x: 8, y: 600, width: 24, height: 24 };
    expect(placeAtTray(SIZE, onScreen(WORK_AREAS.left), icon)).toEqual({ ...SIZE, x: 48, y: 302 });
  });

  test('puts the window next to a panel on the right', () => {
    const icon = { x: 1888, y: 600, width: 24, height: 24 };
    expect(placeAtTray(SIZE, onScreen(WORK_AREAS.right), icon)).toEqual({
      ...SIZE,
      x: 1488,
      y: 302,
    });
  });

  test('keeps the window on the screen if the icon is in a corner', () => {
    const icon = { x: 1896, y: 1048, width: 24, height: 24 };
    const { x } = placeAtTray(SIZE, onScreen(WORK_AREAS.bottom), icon);
    expect(x + SIZE.width).toBe(1920);
  });

  test('doesn’t cover a panel that hides automatically', () => {
    const icon = { x: 1500, y: 1048, width: 24, height: 24 };
    const { y } = placeAtTray(SIZE, onScreen(BOUNDS), icon);
    expect(y + SIZE.height).toBeLessThanOrEqual(icon.y);
  });

  test('works on a second display to the left of the first', () => {
    const workArea = { x: -1280, y: 200, width: 1280, height: 760 };
    const icon = { x: -200, y: 960, width: 24, height: 24 };
    expect(placeAtTray(SIZE, { workArea, bounds: workArea }, icon)).toEqual({
      ...SIZE,
      x: -384,
      y: 332,
    });
  });
});

describe('placeAtTray without a known icon', () => {
  const PANELS = { x: 0, y: 30, width: 1920, height: 1010 };
  const TOP_AND_DOCK = { x: 72, y: 30, width: 1848, height: 1050 };

  test.each([
    ['a panel at the top', WORK_AREAS.top, { x: 1528, y: 48 }],
    ['a panel at the bottom', WORK_AREAS.bottom, { x: 1528, y: 412 }],
    ['panels at the top and at the bottom', PANELS, { x: 1528, y: 38 }],
    ['a panel at the top and a dock on the left', TOP_AND_DOCK, { x: 1528, y: 38 }],
    ['a panel on the left', WORK_AREAS.left, { x: 48, y: 452 }],
    ['a panel on the right', WORK_AREAS.right, { x: 1488, y: 452 }],
    ['panels that hide', BOUNDS, { x: 1528, y: 452 }],
  ])('uses the end of %s', (_, workArea, place) => {
    expect(placeAtTray(SIZE, onScreen(workArea), undefined)).toEqual({ ...SIZE, ...place });
  });
});

describe('a click', () => {
  test.each([
    [{ x: 1500, y: 20 }, WORK_AREAS.top, true],
    [{ x: 1500, y: 39 }, WORK_AREAS.top, true],
    [{ x: 1500, y: 40 }, WORK_AREAS.top, false],
    [{ x: 1500, y: 1060 }, WORK_AREAS.bottom, true],
    [{ x: 20, y: 500 }, WORK_AREAS.left, true],
    [{ x: 1900, y: 500 }, WORK_AREAS.right, true],
    [{ x: 960, y: 540 }, WORK_AREAS.right, false],
    // A panel that hides leaves the whole screen to windows.
    [{ x: 1500, y: 1060 }, BOUNDS, true],
  ])('at %o beside the work area %o is on a panel: %s', (point, workArea, expected) => {
    expect(isOnPanel(point, onScreen(workArea))).toBe(expected);
  });
});

function onScreen(workArea: Rectangle): Screen {
  return { bounds: BOUNDS, workArea };
}

const integer = (min: number, max: number) => fc.integer({ min, max });
const workAreas: fc.Arbitrary<Rectangle> = fc.record({
  x: integer(-8_000, 8_000),
  y: integer(-8_000, 8_000),
  width: integer(200, 8_000),
  height: integer(200, 5_000),
});
const sizes = fc.record({ width: integer(340, 4_000), height: integer(420, 4_000) });
const points = fc.record({ x: integer(-16_000, 16_000), y: integer(-16_000, 16_000) });
const icons = fc.option(
  fc.tuple(points, integer(1, 400), integer(1, 200)).map(([point, width, height]): Rectangle => {
    return { ...point, width, height };
  }),
  { nil: undefined },
);

test('placeAtTray always stays inside the work area', () => {
  fc.assert(
    fc.property(sizes, workAreas, workAreas, icons, (size, workArea, screen, icon) => {
      const bounds = placeAtTray(size, { workArea, bounds: screen }, icon);
      expect(bounds.x).toBeGreaterThanOrEqual(workArea.x);
      expect(bounds.y).toBeGreaterThanOrEqual(workArea.y);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(workArea.x + workArea.width);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(workArea.y + workArea.height);
    }),
  );
});

test('placeAtTray keeps the size if there is room', () => {
  fc.assert(
    fc.property(sizes, workAreas, workAreas, icons, (size, workArea, screen, icon) => {
      const { width, height } = placeAtTray(size, { workArea, bounds: screen }, icon);
      expect(width).toBe(Math.min(size.width, workArea.width));
      expect(height).toBe(Math.min(size.height, workArea.height));
    }),
  );
});

describe('moveInside', () => {
  const workArea = WORK_AREAS.top;

  test('keeps bounds that fit', () => {
    const bounds = { x: 300, y: 200, width: 500, height: 700 };
    expect(moveInside(bounds, workArea)).toEqual(bounds);
  });

  test('moves a window back from a disconnected screen', () => {
    const bounds = { x: 2_500, y: -300, width: 500, height: 700 };
    expect(moveInside(bounds, workArea)).toEqual({ x: 1_420, y: 40, width: 500, height: 700 });
  });

  test.each([
    [
      { width: 640, height: 368 },
      { width: 384, height: 368 },
    ],
    [
      { width: 320, height: 240 },
      { width: 320, height: 240 },
    ],
    [
      { width: 1920, height: 1040 },
      { width: 384, height: 620 },
    ],
  ])('fits the size into a work area of %o', (workArea, size) => {
    expect(fitSize(SIZE, workArea)).toEqual(size);
  });

  test.each([
    ['1280 × 800 at 200 % with a panel', { x: 0, y: 24, width: 640, height: 376 }],
    ['1366 × 768 at 150 %', { x: 0, y: 0, width: 911, height: 472 }],
    ['1024 × 600', { x: 0, y: 27, width: 1024, height: 573 }],
    ['a phone in portrait orientation', { x: 0, y: 0, width: 360, height: 640 }],
    ['320 × 240 left of and above the first', { x: -320, y: -240, width: 320, height: 240 }],
    ['1920 × 1080 at 300 % with a panel on the left', { x: 48, y: 0, width: 592, height: 360 }],
  ])('keeps all of a window on a screen of %s', (_, workArea) => {
    const screen = { bounds: workArea, workArea };
    const icon = { x: workArea.x + workArea.width - 24, y: workArea.y - 24, width: 24, height: 24 };
    for (const bounds of [
      placeAtTray(SIZE, screen, icon),
      placeAtTray(SIZE, screen, undefined),
      moveInside({ x: 1_500, y: 400, width: 720, height: 900 }, workArea),
      moveInside({ x: -2_000, y: -2_000, ...SIZE }, workArea),
    ]) {
      expect(bounds.x).toBeGreaterThanOrEqual(workArea.x);
      expect(bounds.y).toBeGreaterThanOrEqual(workArea.y);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(workArea.x + workArea.width);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(workArea.y + workArea.height);
    }
  });

  test('shrinks a window to the size of the screen', () => {
    const bounds = { x: 0, y: 0, width: 4_000, height: 4_000 };
    expect(moveInside(bounds, workArea)).toEqual(workArea);
  });
});

test('placeAtTray returns whole pixels, which Electron requires', () => {
  const half = fc.record({
    x: fc.double({ noNaN: true, min: -4_000, max: 4_000 }),
    y: integer(0, 99),
  });
  fc.assert(
    fc.property(sizes, workAreas, half, (size, workArea, point) => {
      const icon = { ...point, width: 23, height: 23 };
      const bounds = placeAtTray(size, { workArea, bounds: workArea }, icon);
      for (const value of Object.values(bounds)) expect(Number.isInteger(value)).toBe(true);
    }),
  );
});

test('placeAtTray never covers an icon outside the work area', () => {
  const edge = fc.constantFrom('top', 'bottom', 'left', 'right');
  fc.assert(
    fc.property(sizes, edge, integer(0, 1_900), (size, side, along) => {
      const workArea = WORK_AREAS[side];
      const place = {
        top: { x: along, y: 8 },
        bottom: { x: along, y: 1_048 },
        left: { x: 8, y: along },
        right: { x: 1_888, y: along },
      }[side];
      const icon = { ...place, width: 24, height: 24 };
      expect(overlaps(placeAtTray(size, { workArea, bounds: workArea }, icon), icon)).toBe(false);
    }),
  );
});

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
