/** Pixels on a side: what Windows lays over an icon on its taskbar. */
export const OVERLAY_SIZE = 16;

const RADIUS = 6;
/** The red of missed calls, as blue, green, red. */
const COLOUR = [0x3d, 0x3a, 0xd8] as const;

/** A round spot with soft edges, as Electron takes bitmaps: blue, green, red, opacity. */
export function overlayBitmap(): Buffer {
  const centre = (OVERLAY_SIZE - 1) / 2;
  const pixels = Array.from({ length: OVERLAY_SIZE ** 2 }, (_, index) => {
    const x = index % OVERLAY_SIZE;
    const y = Math.floor(index / OVERLAY_SIZE);
    const inside = RADIUS + 0.5 - Math.hypot(x - centre, y - centre);
    const opacity = Math.min(Math.max(inside, 0), 1);
    // The colour of a pixel counts as far as the pixel is there.
    return [...COLOUR.map((part) => Math.round(part * opacity)), Math.round(255 * opacity)];
  });
  return Buffer.from(pixels.flat());
}
