import { tick } from 'svelte';

/**
 * Makes a list one Tab stop, besides the actions of its current row: the arrow keys, Home, and End
 * move between its rows, the elements with `data-row`. Rows of a virtual list are scrolled into
 * view first.
 */
export class RovingList {
  readonly #getIds: () => readonly string[];
  readonly #scrollTo: (id: string) => void;

  constructor(getIds: () => readonly string[], scrollTo: (id: string) => void) {
    this.#getIds = getIds;
    this.#scrollTo = scrollTo;
  }

  /** For `{@attach}` on the list. */
  readonly attach = (list: HTMLElement): (() => void) => {
    const onkeydown = (event: KeyboardEvent): void => {
      const id = this.#getTarget(event);
      if (id === undefined) return;
      event.preventDefault();
      void this.#focusRow(list, id);
    };
    const update = (): void => {
      updateTabStop(list);
    };
    const observer = new MutationObserver(update);
    observer.observe(list, { childList: true, subtree: true });
    list.addEventListener('keydown', onkeydown);
    list.addEventListener('focusin', update);
    update();
    return () => {
      observer.disconnect();
      list.removeEventListener('keydown', onkeydown);
      list.removeEventListener('focusin', update);
    };
  };

  #getTarget(event: KeyboardEvent): string | undefined {
    const item = event.target instanceof Element ? getItem(event.target) : null;
    const row = item?.querySelector('[data-row]');
    const ids = this.#getIds();
    const index = ids.indexOf(row?.getAttribute('data-row') ?? '');
    if (index < 0) return undefined;
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
}

function findRow(list: HTMLElement, id: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}

/**
 * Makes exactly one row reachable by Tab: the focused one, the last focused one, or the first. The
 * other buttons of a row take part only while it's that row.
 */
function updateTabStop(list: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const focused = document.activeElement;
  const current =
    rows.find((row) => row === focused || getItem(row)?.contains(focused)) ??
    rows.find((row) => row.tabIndex === 0 && row.hasAttribute('data-current')) ??
    rows[0];
  for (const row of rows) {
    const tabIndex = row === current ? 0 : -1;
    row.toggleAttribute('data-current', row === current);
    for (const button of getItem(row)?.querySelectorAll('button') ?? []) button.tabIndex = tabIndex;
    row.tabIndex = tabIndex;
  }
}

function getItem(row: Element): Element | null {
  return row.closest('[role="listitem"]');
}
