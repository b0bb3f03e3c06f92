/** A rectangle or a part of a screen, in device-independent pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The gap that is kept from the edges of the screen and from the tray. */
const GAP = 8;

/**
 * Where a window of some size goes: at the tray icon where its place is known, on the side where
 * there is room; else into the corner of the work area nearest to the pointer. Always inside it.
 */
export function placeWindow(
  size: { readonly width: number; readonly height: number },
  work: Box,
  tray: Box | undefined,
  pointer: { readonly x: number; readonly y: number },
): Box {
  const width = Math.min(size.width, work.width);
  const height = Math.min(size.height, work.height);
  const target = tray
    ? atTray({ width, height }, work, tray)
    : inCorner({ width, height }, work, pointer);
  return stayInside({ ...target, width, height }, work);
}

/** The box, moved and at need made smaller so that all of it lies in the work area. */
export function stayInside(box: Box, work: Box): Box {
  const width = Math.min(box.width, work.width);
  const height = Math.min(box.height, work.height);
  return {
    width,
    height,
    x: Math.round(clamp(box.x, work.x, work.x + work.width - width)),
    y: Math.round(clamp(box.y, work.y, work.y + work.height - height)),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function atTray({ width, height }: Size, work: Box, tray: Box): { x: number; y: number } {
  const middle = { x: tray.x + tray.width / 2, y: tray.y + tray.height / 2 };
  // A bar at the left or right edge lies beside the work area, one at top or bottom above or below.
  const beside = middle.x < work.x || middle.x > work.x + work.width;
  if (beside) {
    const x = middle.x < work.x ? work.x + GAP : work.x + work.width - width - GAP;
    return { x, y: middle.y - height / 2 };
  }
  const above = middle.y < work.y + work.height / 2;
  return {
    x: middle.x - width / 2,
    y: above
      ? Math.max(work.y, tray.y + tray.height) + GAP
      : Math.min(work.y + work.height, tray.y) - height - GAP,
  };
}

function inCorner(
  { width, height }: Size,
  work: Box,
  pointer: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  const left = pointer.x < work.x + work.width / 2;
  const top = pointer.y < work.y + work.height / 2;
  return {
    x: left ? work.x + GAP : work.x + work.width - width - GAP,
    y: top ? work.y + GAP : work.y + work.height - height - GAP,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
