import type { Attachment } from 'svelte/attachments';
import type { Bridge } from '../../../shared/ipc';
import type { Router } from '../../router.svelte';
import { isWindowActive } from '../../window-activity';

const SECOND_MS = 1_000;
/** Part of a row that has to be on the screen. */
const VISIBLE_PART = 0.8;

/** Creates an attachment that marks calls as seen once their row was on the screen for a second. */
export function markSeenWhenShown(
  ids: readonly string[],
  bridge: Bridge,
  router: Router,
): Attachment<HTMLElement> {
  return (row) => {
    if (ids.length === 0 || !isWindowActive() || router.isUntouched) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        clearTimeout(timer);
        if (entries.at(-1)?.isIntersecting !== true) return;
        timer = setTimeout(() => void bridge.request('log:mark-seen', [...ids]), SECOND_MS);
      },
      { threshold: VISIBLE_PART },
    );
    observer.observe(row);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  };
}
