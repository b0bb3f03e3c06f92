import { net } from 'electron';

const CHECK_INTERVAL_MS = 1_000;

/**
 * Reports when the network returns, so that Ringside can retry immediately. Electron's main process
 * has no event for it, so the monitor checks, but only while a server can't be reached.
 */
export class NetworkMonitor {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly onOnline: () => void,
    private readonly isOnline = () => net.isOnline(),
  ) {}

  /** Starts or stops checking. */
  setActive(isActive: boolean): void {
    if (isActive === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = isActive ? this.#start() : undefined;
  }

  dispose(): void {
    this.setActive(false);
  }

  #start(): NodeJS.Timeout {
    let wasOnline = this.isOnline();
    return setInterval(() => {
      const isOnline = this.isOnline();
      if (isOnline && !wasOnline) this.onOnline();
      wasOnline = isOnline;
    }, CHECK_INTERVAL_MS);
  }
}
