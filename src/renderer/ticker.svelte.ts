import { createSubscriber } from 'svelte/reactivity';
import { getStartOfDay } from '../shared/date-format';

const TICK_MS = 1_000;

/** The clock that all running times share. It stops while the window is hidden. */
export class Ticker {
  readonly #subscribe = createSubscriber((update) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const restart = (): void => {
      clearInterval(timer);
      timer = undefined;
      if (document.visibilityState === 'hidden') return;
      update();
      timer = setInterval(update, TICK_MS);
    };
    restart();
    document.addEventListener('visibilitychange', restart);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', restart);
    };
  });

  /** The current time in ms since 1970. Reactive: updates every second. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }

  /** The start of the current day. Reactive: read it in a `$derived`, which changes once a day. */
  get today(): number {
    return getStartOfDay(this.now);
  }
}
