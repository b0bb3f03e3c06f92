import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startVirtualDisplay, type VirtualDisplay } from '../../../scripts/lib/virtual-display.mjs';

const run = promisify(execFile);

/** In pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A virtual screen to take pictures of and to click on. */
export class VirtualScreen {
  #pictures = 0;

  private constructor(
    private readonly screen: VirtualDisplay,
    private readonly folder: string,
  ) {}

  static async start(): Promise<VirtualScreen> {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-screen-'));
    return new VirtualScreen(await startVirtualDisplay(), folder);
  }

  /** The value of `DISPLAY`. */
  get display(): string {
    return this.screen.display;
  }

  /** Takes a picture; returns the file. */
  async capture(file = join(this.folder, `${++this.#pictures}.png`)): Promise<string> {
    await mkdir(dirname(file), { recursive: true });
    await this.#run('import', '-window', 'root', file);
    return file;
  }

  /** Returns the smallest area within `within` that has changed since a picture was taken. */
  async findChange(before: string, within: Area): Promise<Area | undefined> {
    return compareImages(before, await this.capture(), within);
  }

  /** Clicks the middle of an area. Button 1 is the left one, 2 the middle one, 3 the right one. */
  async click({ x, y, width, height }: Area, button: 1 | 2 | 3, count = 1): Promise<void> {
    const [middleX, middleY] = [Math.floor(x + width / 2), Math.floor(y + height / 2)];
    const click = ['click', '--repeat', `${count}`, '--delay', '60', `${button}`];
    await this.#run('xdotool', 'mousemove', `${middleX}`, `${middleY}`, ...click);
  }

  /** Presses keys one after the other, by their X11 names. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#run('xdotool', 'key', '--delay', '60', ...keys);
  }

  async close(): Promise<void> {
    await this.screen.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #run(program: string, ...args: readonly string[]): Promise<void> {
    await run(program, args, { env: { ...process.env, DISPLAY: this.display } });
  }
}

/** Returns the smallest area within `within` that differs between two pictures. */
export async function compareImages(
  before: string,
  after: string,
  { x, y, width, height }: Area,
): Promise<Area | undefined> {
  const { stdout } = await run('convert', [
    ...[before, after, '-compose', 'difference', '-composite'],
    // The border makes the background black, from which the bounding box is measured.
    ...['-crop', `${width}x${height}+${x}+${y}`, '+repage', '-bordercolor', 'black'],
    ...['-border', '1', '-format', '%@', 'info:'],
  ]);
  const [w = 0, h = 0, left = 0, top = 0] = stdout.split(/[x+]/).map(Number);
  return w === 0 ? undefined : { x: x + left - 1, y: y + top - 1, width: w, height: h };
}
