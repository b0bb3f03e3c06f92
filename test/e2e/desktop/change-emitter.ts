import { EventEmitter } from 'node:events';

/** How long tests wait for a condition by default. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** An object that reports its changes, so that tests wait for a condition without polling. */
export class ChangeEmitter {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  /** Calls the listener after each change. Returns a function that removes it. */
  onChange(listener: () => void): () => void {
    this.#emitter.on('change', listener);
    return () => {
      this.#emitter.off('change', listener);
    };
  }

  /** Waits until `find` returns a value; `describeFailure` explains what is missing. */
  async waitUntil<T>(
    find: () => T | undefined,
    describeFailure: () => string,
    timeoutMs: number,
  ): Promise<T> {
    const current = find();
    if (current !== undefined) return current;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`${describeFailure()} (waited ${timeoutMs} ms)`));
      }, timeoutMs);
      const stop = this.onChange(() => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        stop();
        resolve(found);
      });
    });
  }

  /** Notifies the listeners. */
  protected emitChange(): void {
    this.#emitter.emit('change');
  }
}
