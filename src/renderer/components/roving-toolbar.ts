import type { TextDirection } from '../../shared/bidi';

/**
 * Creates an attachment that makes a toolbar one Tab stop: arrow keys, Home, and End move between
 * its buttons. Unlike the toolbar of bits-ui it stays reachable when the focused button is removed.
 */
export function rovingToolbar(direction: () => TextDirection): (bar: HTMLElement) => () => void {
  return (bar) => {
    const getButtons = (): HTMLElement[] => [...bar.querySelectorAll('button')];
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
      const isForward = key === (direction() === 'ltr' ? 'ArrowRight' : 'ArrowLeft');
      if (isForward) return (index + 1) % count;
      if (key === 'ArrowRight' || key === 'ArrowLeft') return (index - 1 + count) % count;
      if (key === 'Home') return 0;
      return key === 'End' ? count - 1 : undefined;
    };
    const observer = new MutationObserver(update);
    observer.observe(bar, { childList: true, subtree: true });
    bar.addEventListener('keydown', onkeydown);
    bar.addEventListener('focusin', update);
    update();
    return () => {
      observer.disconnect();
      bar.removeEventListener('keydown', onkeydown);
      bar.removeEventListener('focusin', update);
    };
  };
}
