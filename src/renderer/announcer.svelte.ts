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
  #settleTimer: ReturnType<typeof setTimeout> | undefined;

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
}
