/**
 * The time of the play, in seconds since the server started. It runs `speed` times as fast as the
 * time of the world and stands still while paused. Moments are milliseconds since 1970.
 */
export class PlayClock {
  readonly #speed: number;
  #anchor: { moment: number; second: number };
  #running: boolean;

  constructor({ now, speed, running }: { now: number; speed: number; running: boolean }) {
    this.#speed = speed;
    this.#anchor = { moment: now, second: 0 };
    this.#running = running;
  }

  get running(): boolean {
    return this.#running;
  }

  /** The second of the play at a moment of the world. */
  secondAt(moment: number): number {
    const { moment: since, second } = this.#anchor;
    return this.#running ? second + ((moment - since) / 1000) * this.#speed : second;
  }

  /** The moment of the world at which the play reaches, or reached, a second. */
  momentOf(second: number): number {
    return Math.round(this.#anchor.moment + ((second - this.#anchor.second) * 1000) / this.#speed);
  }

  /** Stands still from `now` on. */
  pause(now: number): void {
    this.#anchor = { moment: now, second: this.secondAt(now) };
    this.#running = false;
  }

  /** Runs on from `now`. */
  resume(now: number): void {
    this.#anchor = { moment: now, second: this.secondAt(now) };
    this.#running = true;
  }
}
