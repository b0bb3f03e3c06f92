import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Only every eighth row is compared because no letter fits between two of them. */
const ROW_STEP = 8;
const BYTES_PER_PIXEL = 4;
/** The share of the drawn pixels that must be final. The rest are clocks that keep running. */
const PAINTED_SHARE = 0.97;
/** How long the screen is watched after the first change. Clocks change once in it at most. */
const WATCH_MS = 900;
const TIMEOUT_MS = 15_000;

/** Watches a virtual screen through its memory, independently of the apps. */
export class Screen {
  private constructor(
    private readonly file: FileHandle,
    private readonly offset: number,
    private readonly stride: number,
    private readonly rows: number,
  ) {}

  /** Opens the memory of a virtual screen, in XWD format with 32 bits per pixel. */
  static async open(path: string): Promise<Screen> {
    const file = await open(path);
    const header = Buffer.alloc(100);
    await file.read(header, 0, header.length, 0);
    const field = (index: number): number => header.readUInt32BE(index * 4);
    const colormapBytes = field(19) * 12;
    return new Screen(file, field(0) + colormapBytes, field(12), Math.floor(field(5) / ROW_STEP));
  }

  /** Returns the ms from the start of `act` until everything it paints is on the screen. */
  async measurePaint(act: () => Promise<void>): Promise<number> {
    const before = await this.#read();
    const frames: { readonly time: number; readonly pixels: Buffer }[] = [];
    const startedAt = performance.now();
    const acting = act();
    let last = before;
    let end = startedAt + TIMEOUT_MS;
    while (performance.now() < end) {
      const pixels = await this.#read();
      const time = performance.now();
      if (!pixels.equals(last)) {
        if (frames.length === 0) end = time + WATCH_MS;
        frames.push({ time, pixels });
      }
      last = pixels;
      await delay(3);
    }
    await acting;
    const drawn = findDrawnPixels(before, last);
    const painted = frames.find(({ pixels }) => {
      const same = drawn.filter((at) => isSame(pixels, last, at));
      return same.length >= drawn.length * PAINTED_SHARE;
    });
    if (painted === undefined) throw new Error('Nothing was painted.');
    return painted.time - startedAt;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  async #read(): Promise<Buffer> {
    const pixels = Buffer.allocUnsafe(this.rows * this.stride);
    for (let row = 0; row < this.rows; row += 1) {
      const position = this.offset + row * ROW_STEP * this.stride;
      await this.file.read(pixels, row * this.stride, this.stride, position);
    }
    return pixels;
  }
}

/** Returns the changed pixels without the background, or all of them if there is little else. */
function findDrawnPixels(before: Buffer, after: Buffer): readonly number[] {
  const changed: number[] = [];
  const counts = new Map<number, number>();
  for (let at = 0; at < after.length; at += BYTES_PER_PIXEL) {
    if (isSame(before, after, at)) continue;
    const color = after.readUInt32LE(at);
    changed.push(at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const [background] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  const drawn = changed.filter((at) => after.readUInt32LE(at) !== background);
  return drawn.length < changed.length / 100 ? changed : drawn;
}

function isSame(a: Buffer, b: Buffer, at: number): boolean {
  return a.readUInt32LE(at) === b.readUInt32LE(at);
}
