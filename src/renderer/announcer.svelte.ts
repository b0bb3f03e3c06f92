/** How long a text stays: screen readers read it when it appears, and must not find it again later. */
const ANNOUNCEMENT_MS = 3_000;
/** How long the user has to stop typing before the number of results is announced. */
const SETTLE_MS = 700;

interface Announcement {
  readonly text: string;
}

/** Texts that screen readers say once, without moving the focus. */
export class Announcer {
  current = $state.raw<readonly Announcement[]>([]);
  #openDialogs = $state(0);
  #settleTimer: ReturnType<typeof setTimeout> | undefined;

  /** Whether a modal dialog is open, which has its own live region: the rest is inert. */
  get isInDialog(): boolean {
    return this.#openDialogs > 0;
  }

  /** Call this when a modal dialog opens. Returns a function to call when it closes. */
  enterDialog(): () => void {
    this.#setOpenDialogs(this.#openDialogs + 1);
    return () => this.#setOpenDialogs(this.#openDialogs - 1);
  }

  announce(text: string): void {
    const announcement: Announcement = { text };
    this.current = [...this.current, announcement];
    setTimeout(() => {
      this.current = this.current.filter((other) => other !== announcement);
    }, ANNOUNCEMENT_MS);
  }

  /** Announces the last of several texts that quickly follow each other. An empty one cancels. */
  announceWhenSettled(text: string): void {
    clearTimeout(this.#settleTimer);
    if (text === '') return;
    this.#settleTimer = setTimeout(() => {
      this.announce(text);
    }, SETTLE_MS);
  }

  /** Clears the texts too: the live region that takes over must not repeat them. */
  #setOpenDialogs(openDialogs: number): void {
    this.#openDialogs = openDialogs;
    this.current = [];
  }
}
