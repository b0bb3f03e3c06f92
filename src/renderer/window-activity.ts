import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  document.addEventListener('visibilitychange', update);
  addEventListener('focus', update);
  addEventListener('blur', update);
  return () => {
    document.removeEventListener('visibilitychange', update);
    removeEventListener('focus', update);
    removeEventListener('blur', update);
  };
});

/** Whether the window isn't hidden. Reactive. */
export function isWindowVisible(): boolean {
  subscribe();
  return document.visibilityState === 'visible';
}

/**
 * Whether the user is working in this window. Reactive. Visibility alone isn't enough: most desktops
 * report a covered window as visible.
 */
export function isWindowActive(): boolean {
  subscribe();
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Waits until the page was painted. Code that isn't needed for the first paint loads after it. */
export function waitForPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
