import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Settings } from '../../../core/settings/settings';
import type { Bridge } from '../../../shared/ipc';

/** Sends changed settings to the main process and remembers which it refused. */
export class SettingsStore {
  readonly refused = new SvelteSet<string>();
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async set(changes: Partial<Settings>): Promise<void> {
    const response = await this.#bridge.request('settings:update', changes);
    for (const name of Object.keys(changes)) this.refused.delete(name);
    if (!response.ok) for (const name of response.error) this.refused.add(name);
  }
}

export const [useSettings, provideSettings] = createContext<SettingsStore>();
