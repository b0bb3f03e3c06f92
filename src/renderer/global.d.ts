import type { Bridge } from '../shared/contract';

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly ringside: Bridge;
  }
}
