import { createPatch } from '../../shared/patch';
import type { AppState } from '../../shared/state';
import type { MainWindow } from './main-window';

/** Sends the page what changed in the state. Without a page, it doesn't even build the state. */
export class StatePublisher {
  /** The state that the page has. */
  #published: AppState | undefined;

  constructor(
    private readonly getState: () => AppState,
    private readonly window: Pick<MainWindow, 'on' | 'send'>,
  ) {
    this.window.on('destroyed', () => {
      this.#published = undefined;
    });
  }

  /** Returns the whole state to a new page, which gets patches from now on. */
  subscribe(): AppState {
    this.#published = this.getState();
    return this.#published;
  }

  /** Sends what changed since the last update. */
  update(): void {
    if (!this.#published) return;
    const state = this.getState();
    const patch = createPatch(this.#published, state);
    this.#published = state;
    if (patch) this.window.send('state:patch', patch);
  }
}
