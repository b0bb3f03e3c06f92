import type { Bridge } from '../shared/contract';
import { applyPatch, drawnFrom, type Drawn } from '../shared/patch';

/** The state of the app as main last told it. Replaced, never changed in place. */
export class Store {
  #app: Drawn;

  private constructor(first: Drawn) {
    this.#app = $state.raw(first);
  }

  get app(): Drawn {
    return this.#app;
  }

  /** Asks main for the state and follows its patches from then on. */
  static async connect(bridge: Bridge): Promise<Store> {
    const store = new Store(drawnFrom(await bridge.request('state:subscribe')));
    // A patch that came before the answer is older than the answer: it is in there already.
    bridge.on('state:patch', (patch) => {
      store.#app = applyPatch(store.#app, patch);
    });
    return store;
  }
}
