import type { Bridge } from '../shared/contract';
import type { View } from './view.svelte';

/** What the keys need to know of. */
interface Keyboard {
  readonly bridge: Bridge;
  /** The window is pinned or has no tray to come back from: no key sends it away. */
  readonly stays: boolean;
}

/**
 * The keys that work everywhere: `/` searches, Ctrl or ⌘ with a comma opens the settings, Escape
 * goes back, and at last hides the window.
 */
export function answerKeys(event: KeyboardEvent, view: View, { bridge, stays }: Keyboard): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === '/' && !isTyping(event.target) && view.sheet === null) {
    event.preventDefault();
    view.startSearching();
  }
  if (event.key === ',' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    view.openSettings();
  }
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (view.sheet !== null) view.back();
  else if (view.searching) view.stopSearching();
  else if (!stays) void bridge.request('window:hide');
}

/** Whether what is pressed goes into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
