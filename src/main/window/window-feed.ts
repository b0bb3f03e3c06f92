import type { IpcEvents } from '../../shared/ipc';
import { createPatch } from '../../shared/patch';
import type { AppState } from '../../shared/state';

/** What the feed needs. */
export interface FeedNeeds {
  readonly state: () => AppState;
  readonly tell: <Name extends keyof IpcEvents>(name: Name, event: IpcEvents[Name]) => void;
}

/** Keeps the page up to date with no more than what changed; costs nothing while there is none. */
export class WindowFeed {
  readonly #needs: FeedNeeds;
  /** What the page has; `undefined` while nobody has asked. */
  #sent: AppState | undefined;

  constructor(needs: FeedNeeds) {
    this.#needs = needs;
  }

  /** The page asks for everything, and wants what changes from now on. */
  subscribe(): AppState {
    this.#sent = this.#needs.state();
    return this.#sent;
  }

  /** The page is gone. */
  unsubscribe(): void {
    this.#sent = undefined;
  }

  /** Something may have changed. */
  update(): void {
    if (!this.#sent) return;
    const next = this.#needs.state();
    const patch = createPatch(this.#sent, next);
    this.#sent = next;
    if (patch) this.#needs.tell('state:patch', patch);
  }
}
