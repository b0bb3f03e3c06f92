import type { Bridge } from '../shared/ipc';
import { applyPatch, toRendererState, type RendererState } from '../shared/patch';

/** The app state last published by the main process. Each patch replaces it. */
export class AppStateStore {
  #state: RendererState;

  private constructor(initial: RendererState) {
    this.#state = $state.raw(initial);
  }

  get state(): RendererState {
    return this.#state;
  }

  /** Fetches the state and applies the patches that follow. */
  static async connect(bridge: Bridge): Promise<AppStateStore> {
    const store = new AppStateStore(toRendererState(await bridge.request('state:subscribe')));
    // Patches sent before the response are already part of it.
    bridge.on('state:patch', (patch) => {
      store.#state = applyPatch(store.#state, patch);
    });
    return store;
  }
}
