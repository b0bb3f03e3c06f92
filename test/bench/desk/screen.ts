import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Every so many rows of the screen are looked at: no letter fits in between. */
const ROWS = 8;
/** Bytes. */
const PIXEL = 4;
/** Of what is drawn on the ground, so much must be as it stays; clocks go on meanwhile. */
const ENOUGH = 0.97;
/** How long (ms) a picture must have been still to be the last one, but for clocks. */
const STILL = 1_500;
/** The most (ms) that a picture may take. */
const PATIENCE = 15_000;

/** A picture that was seen on the screen. */
interface Sight {
  readonly at: number;
  readonly pixels: Buffer;
}

/** Watches the screen as a person does, from outside every application. */
export class Screen {
  private constructor(
    private readonly file: FileHandle,
    private readonly start: number,
    private readonly stride: number,
    private readonly rows: number,
  ) {}

  /** Opens the memory of a virtual screen (XWD, 32 bits a pixel). */
  static async open(path: string): Promise<Screen> {
    const file = await open(path);
    const header = Buffer.alloc(100);
    await file.read(header, 0, header.length, 0);
    const field = (index: number): number => header.readUInt32BE(index * 4);
    return new Screen(file, field(0) + field(19) * 12, field(12), field(5));
  }

  /**
   * How long (ms) after `act` began everything that it brings is painted, as it stays. Rejects when
   * it changes nothing.
   */
  async paintedAfter(act: () => Promise<void>): Promise<number> {
    const before = await this.#look();
    const sights: Sight[] = [];
    const began = performance.now();
    let last = before;
    const acted = act();
    for (let now = began; now < began + PATIENCE; now = performance.now()) {
      const pixels = await this.#look();
      if (!pixels.equals(last)) sights.push({ at: performance.now(), pixels });
      last = pixels;
      if (isStill(sights, now, before)) break;
      await delay(3);
    }
    await acted;
    const painted = firstLikeLast(before, sights);
    if (painted === undefined) throw new Error('nothing was painted');
    return painted - began;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  async #look(): Promise<Buffer> {
    const rows = Math.floor(this.rows / ROWS);
    const pixels = Buffer.allocUnsafe(rows * this.stride);
    for (let row = 0; row < rows; row += 1) {
      const position = this.start + row * ROWS * this.stride;
      await this.file.read(pixels, row * this.stride, this.stride, position);
    }
    return pixels;
  }
}

/** Nothing but clocks has moved for long enough. */
function isStill(sights: readonly Sight[], now: number, before: Buffer): boolean {
  const painted = firstLikeLast(before, sights);
  return painted !== undefined && now - painted > STILL;
}

/** When a picture was there for the first time that is as good as the last one. */
function firstLikeLast(before: Buffer, sights: readonly Sight[]): number | undefined {
  const last = sights.at(-1)?.pixels;
  if (last === undefined) return undefined;
  const drawn = drawnIn(before, last);
  const enough = drawn.length * ENOUGH;
  const alike = ({ pixels }: Sight): boolean =>
    drawn.reduce((count, at) => count + (same(pixels, last, at) ? 1 : 0), 0) >= enough;
  return drawn.length === 0 ? undefined : sights.find(alike)?.at;
}

/**
 * Where something was drawn: what differs from before and from the ground, or all that differs
 * where there is hardly anything but ground.
 */
function drawnIn(before: Buffer, after: Buffer): readonly number[] {
  const changed: number[] = [];
  const colours = new Map<number, number>();
  for (let at = 0; at < after.length; at += PIXEL) {
    if (same(before, after, at)) continue;
    changed.push(at);
    const colour = after.readUInt32LE(at);
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  const [ground] = [...colours].sort(([, a], [, b]) => b - a)[0] ?? [];
  const drawn = changed.filter((at) => after.readUInt32LE(at) !== ground);
  return drawn.length < changed.length / 100 ? changed : drawn;
}

function same(one: Buffer, other: Buffer, at: number): boolean {
  return one.readUInt32LE(at) === other.readUInt32LE(at);
}
