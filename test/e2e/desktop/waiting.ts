import { EventEmitter } from 'node:events';

/** How long a test waits for something by default, in milliseconds. */
export const PATIENCE = 10_000;

/** Something that changes; waiting for it looks again after each change, not by the clock. */
export class Changing {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  /** Calls back after each change. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#emitter.on('change', listener);
    return () => {
      this.#emitter.off('change', listener);
    };
  }

  /**
   * Resolves with what `look` finds, as soon as it finds something.
   * @param look gives undefined while it is not there
   * @param missing says what was waited for and what there was instead
   * @param patience in milliseconds
   */
  async until<T>(look: () => T | undefined, missing: () => string, patience: number): Promise<T> {
    const now = look();
    if (now !== undefined) return now;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`${missing()} (waited ${patience} ms)`));
      }, patience);
      const stop = this.onChange(() => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        stop();
        resolve(found);
      });
    });
  }

  /** Says that something changed. */
  protected changed(): void {
    this.#emitter.emit('change');
  }
}
