import type { View } from '../view.svelte';

/** An attachment that puts a list back to where it was scrolled when it was last shown. */
export function keepsScroll(view: View, name: string): (list: HTMLElement) => () => void {
  return (list) => {
    const before = view.scroll.get(name) ?? 0;
    // Once the rows are there; before that there is nothing to scroll.
    const frame = requestAnimationFrame(() => {
      list.scrollTop = before;
    });
    const note = (): void => {
      view.scroll.set(name, list.scrollTop);
    };
    list.addEventListener('scroll', note, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      list.removeEventListener('scroll', note);
    };
  };
}
