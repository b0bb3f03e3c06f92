import type { Router } from '../router.svelte';

/** Creates an attachment that restores the scroll position of a list. */
export function rememberScroll(router: Router, name: string): (list: HTMLElement) => () => void {
  return (list) => {
    const position = router.scrollPositions.get(name) ?? 0;
    // The rows are rendered in the next frame.
    const frame = requestAnimationFrame(() => {
      list.scrollTop = position;
    });
    const onscroll = (): void => {
      router.scrollPositions.set(name, list.scrollTop);
    };
    list.addEventListener('scroll', onscroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      list.removeEventListener('scroll', onscroll);
    };
  };
}
