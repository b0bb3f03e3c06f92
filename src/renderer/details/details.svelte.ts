import type { Bridge, SessionDetails } from '../../shared/contract';

/** What main knows about one session: nothing yet, nothing at all, or its details. */
export type Known =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly details: SessionDetails };

/** Fetches the details of one session, as often as it is told that they changed. */
export class DetailsOf {
  known = $state.raw<Known>({ kind: 'asking' });
  readonly #bridge: Bridge;
  readonly #id: string;
  #asked = '';

  constructor(bridge: Bridge, id: string) {
    this.#bridge = bridge;
    this.#id = id;
  }

  /** Asks for what is known as of a version; what is shown stays until the answer is there. */
  async refresh(version: string): Promise<void> {
    this.#asked = version;
    const details = await this.#bridge.request('session:details', this.#id);
    // A later question has the newer answer.
    if (version !== this.#asked) return;
    this.known = details === null ? { kind: 'unknown' } : { kind: 'known', details };
  }
}
