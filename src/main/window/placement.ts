import type { Point, Rectangle, Size } from 'electron';

/** Distance in pixels from the edges of the screen and from the tray. */
const GAP = 8;

/** A screen, and the part of it that isn't covered by panels. */
export interface Screen {
  readonly bounds: Rectangle;
  readonly workArea: Rectangle;
}

/**
 * Returns the bounds of a window next to the tray icon. If the icon's position is unknown, the
 * window goes into the corner where the panel most likely has its tray.
 */
export function placeAtTray(size: Size, screen: Screen, icon: Rectangle | undefined): Rectangle {
  const { workArea } = screen;
  const fitted = fitSize(size, workArea);
  const position = icon
    ? getPositionAtIcon(fitted, workArea, icon)
    : getPositionInCorner(fitted, screen);
  return moveInside({ ...position, ...fitted }, workArea);
}

/** Whether a point is on a panel, or could be because the panels cover the work area. */
export function isOnPanel({ x, y }: Point, { bounds, workArea }: Screen): boolean {
  const isCovered = bounds.width === workArea.width && bounds.height === workArea.height;
  const isInside =
    x >= workArea.x &&
    x < workArea.x + workArea.width &&
    y >= workArea.y &&
    y < workArea.y + workArea.height;
  return isCovered || !isInside;
}

/** Makes a size smaller if it doesn't fit into the work area. */
export function fitSize({ width, height }: Size, workArea: Size): Size {
  return { width: Math.min(width, workArea.width), height: Math.min(height, workArea.height) };
}

/** Moves a rectangle into the work area, and makes it smaller if it doesn't fit. */
export function moveInside(bounds: Rectangle, workArea: Rectangle): Rectangle {
  const { width, height } = fitSize(bounds, workArea);
  return {
    width,
    height,
    x: Math.round(clamp(bounds.x, workArea.x, workArea.x + workArea.width - width)),
    y: Math.round(clamp(bounds.y, workArea.y, workArea.y + workArea.height - height)),
  };
}

function getPositionAtIcon({ width, height }: Size, workArea: Rectangle, icon: Rectangle): Point {
  const right = workArea.x + workArea.width;
  const bottom = workArea.y + workArea.height;
  const centerX = icon.x + icon.width / 2;
  const centerY = icon.y + icon.height / 2;
  const isPanelVertical = centerX < workArea.x || centerX > right;
  if (isPanelVertical) {
    const x = centerX < workArea.x ? workArea.x + GAP : right - width - GAP;
    return { x, y: centerY - height / 2 };
  }
  const isPanelAtTop = centerY < workArea.y + workArea.height / 2;
  return {
    x: centerX - width / 2,
    // A panel that hides automatically overlaps the work area.
    y: isPanelAtTop
      ? Math.max(workArea.y, icon.y + icon.height) + GAP
      : Math.min(bottom, icon.y) - height - GAP,
  };
}

/** Panels have the tray at their end. With several panels, it's usually on the one at the top. */
function getPositionInCorner({ width, height }: Size, { bounds, workArea }: Screen): Point {
  const isPanelAtTop = workArea.y > bounds.y;
  const isPanelHorizontal = workArea.height < bounds.height;
  const isLeft = !isPanelHorizontal && workArea.x > bounds.x;
  return {
    x: isLeft ? workArea.x + GAP : workArea.x + workArea.width - width - GAP,
    y: isPanelAtTop ? workArea.y + GAP : workArea.y + workArea.height - height - GAP,
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(min, max));
}
