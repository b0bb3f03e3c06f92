import type { Line } from './arrange';

type Keyed = readonly Pick<Line, 'key'>[];

/** For so long (ms) after the rows moved a click means what was under the pointer before. */
const AIM = 400;

/**
 * Keeps a click true to its aim: a call that begins to ring pushes the others down, and whoever was
 * about to click one of them must not open another.
 */
export class SteadyHand {
  readonly #open: (id: string) => void;
  #under: string | undefined;
  #aimed: { readonly id: string; readonly until: number } | undefined;
  #lines: Keyed | undefined;

  constructor(open: (id: string) => void) {
    this.#open = open;
  }

  /** To be told of the lines before they are drawn. */
  beforeMove(lines: Keyed): void {
    const before = this.#lines;
    this.#lines = lines;
    const moved = before !== undefined && !haveSameKeys(before, lines);
    if (!moved || this.#under === undefined) return;
    this.#aimed = { id: this.#under, until: performance.now() + AIM };
  }

  /** For `{@attach}` on the list. */
  readonly attach = (list: HTMLElement): (() => void) => {
    const listening = new AbortController();
    const options = { signal: listening.signal, capture: true };
    const over = (event: Event): void => {
      this.#under = rowUnder(event);
    };
    const out = (): void => {
      this.#under = undefined;
    };
    const click = (event: MouseEvent): void => {
      const aimed = this.#aimed;
      this.#aimed = undefined;
      // A click without a pointer, from a key or a screen reader, has no aim to miss.
      if (!aimed || event.detail === 0 || performance.now() > aimed.until) return;
      if (rowUnder(event) === aimed.id) return;
      event.stopPropagation();
      event.preventDefault();
      this.#open(aimed.id);
    };
    list.addEventListener('pointerover', over, options);
    list.addEventListener('pointerleave', out, { signal: listening.signal });
    list.addEventListener('click', click, options);
    return () => {
      listening.abort();
    };
  };
}

function haveSameKeys(some: Keyed, others: Keyed): boolean {
  return some.length === others.length && some.every(({ key }, at) => key === others[at]?.key);
}

function rowUnder(event: Event): string | undefined {
  const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  return row?.getAttribute('data-row') ?? undefined;
}
