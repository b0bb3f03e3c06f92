import type { CallListEntry } from './group-sessions';

type Entries = readonly Pick<CallListEntry, 'key'>[];

/** How long after the rows moved a click opens the row that was under the pointer before. */
const GUARD_MS = 400;

/** Opens the intended row when a new call moves the rows right before a click. */
export class MisclickGuard {
  readonly #open: (id: string) => void;
  #hoveredId: string | undefined;
  #target: { readonly id: string; readonly until: number } | undefined;
  #entries: Entries | undefined;

  constructor(open: (id: string) => void) {
    this.#open = open;
  }

  /** Must be called with the new entries before they are rendered. */
  beforeUpdate(entries: Entries): void {
    const before = this.#entries;
    this.#entries = entries;
    const moved = before !== undefined && !haveSameKeys(before, entries);
    if (!moved || this.#hoveredId === undefined) return;
    this.#target = { id: this.#hoveredId, until: performance.now() + GUARD_MS };
  }

  /** For `{@attach}` on the list. */
  readonly attach = (list: HTMLElement): (() => void) => {
    const controller = new AbortController();
    const { signal } = controller;
    const onpointerover = (event: Event): void => {
      this.#hoveredId = getRowId(event);
    };
    const onpointerleave = (): void => {
      this.#hoveredId = undefined;
    };
    const onclick = (event: MouseEvent): void => {
      const target = this.#target;
      this.#target = undefined;
      // Clicks by keyboard or screen reader have no detail and can't miss.
      if (!target || event.detail === 0 || performance.now() > target.until) return;
      if (getRowId(event) === target.id) return;
      event.stopPropagation();
      event.preventDefault();
      this.#open(target.id);
    };
    list.addEventListener('pointerover', onpointerover, { signal, capture: true });
    list.addEventListener('pointerleave', onpointerleave, { signal });
    list.addEventListener('click', onclick, { signal, capture: true });
    return () => {
      controller.abort();
    };
  };
}

function haveSameKeys(a: Entries, b: Entries): boolean {
  return a.length === b.length && a.every(({ key }, index) => key === b[index]?.key);
}

function getRowId(event: Event): string | undefined {
  const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  return row?.getAttribute('data-row') ?? undefined;
}
