import type { Bridge } from '../shared/ipc';

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly ringside: Bridge;
  }
}
