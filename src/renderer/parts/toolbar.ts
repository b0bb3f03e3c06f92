import type { Direction } from '../../shared/isolate';
import { stepAlong } from './step-along';

/**
 * One stop of the Tab key for a bar of buttons: within it the arrow keys, Home and End move from button
 * to button, and the Tab key comes back to the one that was in use.
 */
export function toolbar(direction: () => Direction): (bar: HTMLElement) => () => void {
  return (bar) => {
    // What a button has opened, a menu with buttons of its own, goes by keys of its own.
    const buttons = (): HTMLElement[] => [
      ...bar.querySelectorAll<HTMLElement>('button:not([role^="menuitem"])'),
    ];
    let current: HTMLElement | undefined;

    const settle = (): void => {
      const all = buttons();
      const focused = all.find((button) => button === document.activeElement);
      current = focused ?? all.find((button) => button === current) ?? all[0];
      for (const button of all) button.tabIndex = button === current ? 0 : -1;
    };
    const onkeydown = (event: KeyboardEvent): void => {
      const all = buttons();
      const index = all.findIndex((button) => button === event.target);
      const next = index < 0 ? undefined : stepAlong(event, index, all.length, direction());
      if (next === undefined) return;
      event.preventDefault();
      all[next]?.focus();
    };
    const watcher = new MutationObserver(settle);
    watcher.observe(bar, { childList: true, subtree: true });
    bar.addEventListener('keydown', onkeydown);
    bar.addEventListener('focusin', settle);
    settle();
    return () => {
      watcher.disconnect();
      bar.removeEventListener('keydown', onkeydown);
      bar.removeEventListener('focusin', settle);
    };
  };
}
