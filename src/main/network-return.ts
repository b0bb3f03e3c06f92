/** What watching for the network takes. */
export interface NetworkReturnNeeds {
  /** Whether the machine believes itself to be on a network at all. */
  readonly isOnline: () => boolean;
  /** The network is back. */
  readonly onReturn: () => void;
  /** Calls something every so many ms; returns how to stop it. */
  readonly every: (ms: number, what: () => void) => () => void;
}

/** How often (ms) a machine without an answer looks whether its network is back. */
const LOOK = 1_000;

/**
 * Notices that the network has returned, so that nobody waits for the next try of a back-off. Main
 * is told of no such event, so it looks; and only while the server cannot be reached.
 */
export class NetworkReturn {
  readonly #needs: NetworkReturnNeeds;
  #stop: (() => void) | undefined;

  constructor(needs: NetworkReturnNeeds) {
    this.#needs = needs;
  }

  /** Looks while the connection is `down`; applying the same twice changes nothing. */
  watch(down: boolean): void {
    if (!down) {
      this.#stop?.();
      this.#stop = undefined;
      return;
    }
    if (this.#stop) return;
    const { isOnline, onReturn, every } = this.#needs;
    let wasOnline = isOnline();
    this.#stop = every(LOOK, () => {
      const online = isOnline();
      if (online && !wasOnline) onReturn();
      wasOnline = online;
    });
  }
}
