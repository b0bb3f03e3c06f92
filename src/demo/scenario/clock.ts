/**
 * The time of the scenario in seconds since the server started, which pass `speed` times as fast as
 * real ones and not at all while paused. Real times are milliseconds since 1970.
 */
export class ScenarioClock {
  readonly #speed: number;
  #reference: { readonly time: number; readonly second: number };
  #isRunning: boolean;

  constructor(now: number, { speed, running }: { speed: number; running: boolean }) {
    this.#speed = speed;
    this.#reference = { time: now, second: 0 };
    this.#isRunning = running;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  toSecond(time: number): number {
    const { time: since, second } = this.#reference;
    return this.#isRunning ? second + ((time - since) / 1000) * this.#speed : second;
  }

  toTime(second: number): number {
    const { time, second: since } = this.#reference;
    return Math.round(time + ((second - since) * 1000) / this.#speed);
  }

  setRunning(running: boolean, now: number): void {
    this.#reference = { time: now, second: this.toSecond(now) };
    this.#isRunning = running;
  }
}
