import { createSubscriber } from 'svelte/reactivity';

const SECOND = 1_000;

/** The one clock that all running times share: a tick a second, none while nobody can see it. */
export class Ticker {
  readonly #subscribe = createSubscriber((tick) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const follow = (): void => {
      clearInterval(timer);
      timer = undefined;
      if (document.visibilityState === 'hidden') return;
      tick();
      timer = setInterval(tick, SECOND);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  });

  /** Now, in ms since 1970; read in an effect or a template it is read again every second. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}
