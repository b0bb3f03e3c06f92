import { createContext } from 'svelte';
import type { Bridge } from '../shared/contract';
import type { Notes } from './notes.svelte';
import type { Store } from './state.svelte';
import type { Ticker } from './ticker.svelte';
import type { View } from './view.svelte';
import type { Words } from './words.svelte';

/** What every component may reach for. */
export interface Ringside {
  readonly bridge: Bridge;
  readonly store: Store;
  readonly view: View;
  readonly words: Words;
  readonly ticker: Ticker;
  readonly notes: Notes;
}

export const [useRingside, provideRingside] = createContext<Ringside>();
