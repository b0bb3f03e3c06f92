import { tick } from 'svelte';
import { focusStart, hasLostFocus } from '../focus';

/**
 * Makes a list one Tab stop, besides the actions of its current row: the arrow keys, Home and End
 * move between its rows, the elements with `data-row`. Rows of a virtual list are scrolled into view
 * first. When the focused row is moved it keeps the focus, and when it's gone its neighbor gets it.
 */
export class RovingList {
  readonly #getIds: () => readonly string[];
  readonly #scrollTo: (id: string) => void;
  /** The row that Tab reaches, and its place. */
  #current: { readonly id: string; readonly index: number } | undefined;
  /** Whether that row has the focus, or had it when it was removed. */
  #isFocused = false;

  constructor(getIds: () => readonly string[], scrollTo: (id: string) => void) {
    this.#getIds = getIds;
    this.#scrollTo = scrollTo;
  }

  /** For `{@attach}` on the list. */
  readonly attach = (list: HTMLElement): (() => void) => {
    const controller = new AbortController();
    const { signal } = controller;
    const onkeydown = (event: KeyboardEvent): void => {
      const id = this.#getTarget(event);
      if (id === undefined) return;
      event.preventDefault();
      void this.#focusRow(list, id);
    };
    const trackFocus = ({ target }: Event): void => {
      const id = target instanceof Element && list.contains(target) ? getRowId(target) : undefined;
      this.#isFocused = id !== undefined;
      if (id === undefined) return;
      this.#current = { id, index: this.#getIds().indexOf(id) };
      this.#updateTabStop(list);
    };
    const observer = new MutationObserver(() => {
      this.#keepFocus(list);
      this.#updateTabStop(list);
    });
    observer.observe(list, { childList: true, subtree: true });
    list.addEventListener('keydown', onkeydown, { signal });
    document.addEventListener('focusin', trackFocus, { signal });
    // A click outside the rows removes the focus from them and focuses nothing else.
    document.addEventListener(
      'pointerdown',
      ({ target }) => {
        this.#isFocused &&=
          target instanceof Element && list.contains(target) && getRowId(target) !== undefined;
      },
      { signal, capture: true },
    );
    this.#updateTabStop(list);
    return () => {
      observer.disconnect();
      controller.abort();
      // The last row was removed, and the list with it.
      if (!this.#isFocused) return;
      void tick().then(() => {
        if (hasLostFocus()) focusStart();
      });
    };
  };

  /** Moves the focus to the current row, or to the one that took its place, if it got lost. */
  #keepFocus(list: HTMLElement): void {
    const current = this.#current;
    if (!current) return;
    const ids = this.#getIds();
    const index = ids.indexOf(current.id);
    const id = index < 0 ? ids[Math.min(current.index, ids.length - 1)] : current.id;
    if (id === undefined) return;
    const isMoved = index !== current.index;
    this.#current = { id, index: ids.indexOf(id) };
    if (!this.#isFocused || !hasLostFocus()) return;
    // A virtual list also removes rows that are scrolled out of view.
    if (isMoved || findRow(list, id)) void this.#focusRow(list, id);
    else this.#isFocused = false;
  }

  #getTarget(event: KeyboardEvent): string | undefined {
    const ids = this.#getIds();
    const { target } = event;
    // A slider has its own keys.
    if (target instanceof HTMLInputElement) return undefined;
    const id = target instanceof Element ? getRowId(target) : undefined;
    const index = id === undefined ? -1 : ids.indexOf(id);
    // The list itself has the focus when the window was opened.
    if (index < 0 && target !== event.currentTarget) return undefined;
    switch (event.key) {
      case 'ArrowDown':
        return ids[Math.min(index + 1, ids.length - 1)];
      case 'ArrowUp':
        return ids[Math.max(index - 1, 0)];
      case 'Home':
        return ids[0];
      case 'End':
        return ids.at(-1);
      default:
        return undefined;
    }
  }

  async #focusRow(list: HTMLElement, id: string): Promise<void> {
    if (!findRow(list, id)) {
      this.#scrollTo(id);
      await tick();
      // A virtual list renders the row two frames after the scroll.
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    findRow(list, id)?.focus();
  }

  /** Makes exactly one row reachable by Tab, and the other buttons of a row only while it's that row. */
  #updateTabStop(list: HTMLElement): void {
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
    const current = rows.find((row) => row.dataset['row'] === this.#current?.id) ?? rows[0];
    for (const row of rows) {
      const tabIndex = row === current ? 0 : -1;
      row.toggleAttribute('data-current', row === current);
      for (const button of getItem(row)?.querySelectorAll<HTMLElement>('button, input') ?? [])
        button.tabIndex = tabIndex;
      row.tabIndex = tabIndex;
    }
  }
}

function findRow(list: HTMLElement, id: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}

/** Returns the id of the row that an element is in. */
function getRowId(element: Element): string | undefined {
  return getItem(element)?.querySelector('[data-row]')?.getAttribute('data-row') ?? undefined;
}

function getItem(element: Element): Element | null {
  return element.closest('[role="listitem"]');
}
