import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((change) => {
  document.addEventListener('visibilitychange', change);
  return () => {
    document.removeEventListener('visibilitychange', change);
  };
});

/**
 * Whether anybody can see the window; read in an effect it is read again when that changes. A
 * hidden window draws on, and must not count as somebody having looked.
 */
export function isLookedAt(): boolean {
  subscribe();
  return document.visibilityState === 'visible';
}
