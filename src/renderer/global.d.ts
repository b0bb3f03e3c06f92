import type { Bridge } from '../shared/contract';

declare global {
  interface Window {
    /** Put here by the preload. */
    readonly ringside: Bridge;
  }
}
