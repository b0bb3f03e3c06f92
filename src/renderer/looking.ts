import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((change) => {
  document.addEventListener('visibilitychange', change);
  addEventListener('focus', change);
  addEventListener('blur', change);
  return () => {
    document.removeEventListener('visibilitychange', change);
    removeEventListener('focus', change);
    removeEventListener('blur', change);
  };
});

/**
 * Whether anybody looks at the window; read in an effect it is read again when that changes. A
 * hidden window draws on, and one that others cover counts as visible on most desktops: neither
 * must count as somebody having looked.
 */
export function isLookedAt(): boolean {
  subscribe();
  return document.visibilityState === 'visible' && document.hasFocus();
}
