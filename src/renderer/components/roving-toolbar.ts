import type { TextDirection } from '../../shared/bidi';

/** Keys that move to the next and the previous button. */
type Keys = readonly [next: string, previous: string];

/**
 * Creates an attachment that makes a toolbar one Tab stop: arrow keys, Home, and End move between
 * its buttons. Unlike the toolbar of bits-ui it stays reachable when the focused button is removed.
 */
export function rovingToolbar(direction: () => TextDirection): (bar: HTMLElement) => () => void {
  return createRoving(() =>
    direction() === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'],
  );
}

/** Creates the same kind of attachment for a column of buttons. */
export function rovingColumn(): (column: HTMLElement) => () => void {
  return createRoving(() => ['ArrowDown', 'ArrowUp']);
}

function createRoving(getKeys: () => Keys): (container: HTMLElement) => () => void {
  return (container) => {
    const getButtons = (): HTMLElement[] => [...container.querySelectorAll('button')];
    let current: HTMLElement | undefined;

    const update = (): void => {
      const buttons = getButtons();
      const focused = buttons.find((button) => button === document.activeElement);
      current = focused ?? buttons.find((button) => button === current) ?? buttons[0];
      for (const button of buttons) button.tabIndex = button === current ? 0 : -1;
    };
    const onkeydown = (event: KeyboardEvent): void => {
      const buttons = getButtons();
      const index = buttons.findIndex((button) => button === event.target);
      const next = index < 0 ? undefined : getNextIndex(event.key, index, buttons.length);
      if (next === undefined) return;
      event.preventDefault();
      buttons[next]?.focus();
    };
    const getNextIndex = (key: string, index: number, count: number): number | undefined => {
      const [next, previous] = getKeys();
      if (key === next) return (index + 1) % count;
      if (key === previous) return (index - 1 + count) % count;
      if (key === 'Home') return 0;
      return key === 'End' ? count - 1 : undefined;
    };
    const observer = new MutationObserver(update);
    observer.observe(container, { childList: true, subtree: true });
    container.addEventListener('keydown', onkeydown);
    container.addEventListener('focusin', update);
    update();
    return () => {
      observer.disconnect();
      container.removeEventListener('keydown', onkeydown);
      container.removeEventListener('focusin', update);
    };
  };
}
