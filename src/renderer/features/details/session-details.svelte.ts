import type { Bridge, SessionDetails } from '../../../shared/ipc';

export type SessionDetailsResult =
  | { readonly kind: 'loading' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'found'; readonly details: SessionDetails };

/** Loads the details of one session. */
export class SessionDetailsStore {
  result = $state.raw<SessionDetailsResult>({ kind: 'loading' });
  readonly #bridge: Bridge;
  readonly #id: string;
  #version = '';

  constructor(bridge: Bridge, id: string) {
    this.#bridge = bridge;
    this.#id = id;
  }

  /** Loads a version. The previous result stays until it arrives. */
  async load(version: string): Promise<void> {
    this.#version = version;
    const details = await this.#bridge.request('session:details', this.#id);
    // A newer version was requested in the meantime.
    if (version !== this.#version) return;
    this.result = details === null ? { kind: 'not-found' } : { kind: 'found', details };
  }
}
