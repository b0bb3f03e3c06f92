import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { encodePng, type Picture } from '../../../scripts/demo/png.mjs';
import { decodeXwd } from '../../../scripts/demo/xwd.mjs';
import {
  startVirtualDisplay,
  type VirtualDisplay,
} from '../../../scripts/setup/virtual-display.mjs';

const run = promisify(execFile);

/** In pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A screen of one's own, which can be looked at and clicked on. */
export class Screen {
  private constructor(
    private readonly screen: VirtualDisplay,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Screen> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-screen-'));
    return new Screen(await startVirtualDisplay({ folder }), folder);
  }

  /** What goes into the variable DISPLAY. */
  get display(): string {
    return this.screen.display;
  }

  /** What is on it now. */
  async look(): Promise<Picture> {
    return decodeXwd(await readFile(join(this.folder, 'Xvfb_screen0')));
  }

  /** Keeps what is on it now as a file, for people. */
  async keep(file: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, encodePng(await this.look()));
  }

  /** Clicks into the middle of an area: button 1 is the left one, 3 the right one. */
  async click({ x, y, width, height }: Area, button: 1 | 3): Promise<void> {
    const [middleX, middleY] = [x + Math.floor(width / 2), y + Math.floor(height / 2)];
    await this.#xdotool('mousemove', String(middleX), String(middleY), 'click', String(button));
  }

  /** Presses keys, one after the other, by their names in X. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#xdotool('key', '--delay', '60', ...keys);
  }

  async close(): Promise<void> {
    await this.screen.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #xdotool(...args: readonly string[]): Promise<void> {
    await run('xdotool', [...args], { env: { ...process.env, DISPLAY: this.display } });
  }
}

/** The smallest area outside of which two pictures of a screen are alike, within a strip of it. */
export function difference(before: Picture, after: Picture, within: Area): Area | undefined {
  const differing: { x: number; y: number }[] = [];
  for (let y = within.y; y < within.y + within.height; y += 1) {
    for (let x = within.x; x < within.x + within.width; x += 1) {
      const at = (y * before.width + x) * 3;
      const [one, other] = [before.pixels.subarray(at, at + 3), after.pixels.subarray(at, at + 3)];
      if (!one.equals(other)) differing.push({ x, y });
    }
  }
  if (differing.length === 0) return undefined;
  const xs = differing.map(({ x }) => x);
  const ys = differing.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
}
