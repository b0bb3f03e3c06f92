import { SvelteSet } from 'svelte/reactivity';
import { createContext } from 'svelte';
import type { Settings } from '../../core/settings';
import type { Bridge } from '../../shared/contract';

/** Changes settings at once, and remembers which main did not accept. */
export class Changes {
  readonly refused = new SvelteSet<string>();
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async set(change: Partial<Settings>): Promise<void> {
    const answer = await this.#bridge.request('settings:change', change);
    for (const name of Object.keys(change)) this.refused.delete(name);
    if (!answer.ok) for (const name of answer.refused) this.refused.add(name);
  }
}

export const [useChanges, provideChanges] = createContext<Changes>();
