import { tick } from 'svelte';

/**
 * One stop of the Tab key for a whole list: within it the arrow keys, Home and End move from row to
 * row. Rows are the elements with `data-row`; those out of sight are brought in first.
 */
export class Roving {
  readonly #ids: () => readonly string[];
  readonly #bringIn: (id: string) => void;

  constructor(ids: () => readonly string[], bringIn: (id: string) => void) {
    this.#ids = ids;
    this.#bringIn = bringIn;
  }

  /** For `{@attach}` on the list. */
  readonly attach = (list: HTMLElement): (() => void) => {
    const onkeydown = (event: KeyboardEvent): void => {
      const target = this.#target(event);
      if (target === undefined) return;
      event.preventDefault();
      void this.#focus(list, target);
    };
    const refresh = (): void => {
      settle(list);
    };
    const watcher = new MutationObserver(refresh);
    watcher.observe(list, { childList: true, subtree: true });
    list.addEventListener('keydown', onkeydown);
    list.addEventListener('focusin', refresh);
    refresh();
    return () => {
      watcher.disconnect();
      list.removeEventListener('keydown', onkeydown);
      list.removeEventListener('focusin', refresh);
    };
  };

  #target(event: KeyboardEvent): string | undefined {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const ids = this.#ids();
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

  async #focus(list: HTMLElement, id: string): Promise<void> {
    if (!rowOf(list, id)) {
      this.#bringIn(id);
      await tick();
      // A list of which only a part is in the page draws it after the scroll.
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    rowOf(list, id)?.focus();
  }
}

function rowOf(list: HTMLElement, id: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
}

/** Exactly one row takes part in the order of the Tab key: the one in use, else the first. */
function settle(list: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const current =
    rows.find((row) => row === document.activeElement) ??
    rows.find((row) => row.tabIndex === 0 && row.hasAttribute('data-current')) ??
    rows[0];
  for (const row of rows) {
    row.tabIndex = row === current ? 0 : -1;
    row.toggleAttribute('data-current', row === current);
  }
}
