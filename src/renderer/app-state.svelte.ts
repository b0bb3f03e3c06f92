import type { Bridge } from '../shared/contract';
import { applyPatch, drawnFrom, type Drawn } from '../shared/patch';

/** The app state last published by the main process. Each patch replaces it. */
export class AppStateStore {
  #state: Drawn;

  private constructor(initial: Drawn) {
    this.#state = $state.raw(initial);
  }

  get state(): Drawn {
    return this.#state;
  }

  /** Fetches the state and applies the patches that follow. */
  static async connect(bridge: Bridge): Promise<AppStateStore> {
    const store = new AppStateStore(drawnFrom(await bridge.request('state:subscribe')));
    // Patches sent before the response are already part of it.
    bridge.on('state:patch', (patch) => {
      store.#state = applyPatch(store.#state, patch);
    });
    return store;
  }
}
