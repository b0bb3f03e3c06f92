import type { Random } from '../../../src/demo/random';
import type { LogPage } from '../../../src/shared/contract';
import { applyPatch, drawnFrom, type Drawn, type StatePatch } from '../../../src/shared/patch';
import type { AppState } from '../../../src/shared/state';
import { there, type BrowserWindow, type Notification } from './electron';

/** What somebody at the desk does all day: looks, clicks, looks away. */
export class Person {
  readonly #random: Random;
  readonly #clickTray: () => void;
  readonly #silence: (choice: string) => void;
  /** What each page has been told. */
  readonly #pages = new Map<BrowserWindow, Drawn>();
  looks = 0;
  /** What the window last said of the log, and how much is wrong with the machine. */
  saw = { entries: 0, age: 0, notices: 0 };

  constructor(random: Random, clickTray: () => void, silence: (choice: string) => void) {
    this.#random = random;
    this.#clickTray = clickTray;
    this.#silence = silence;
  }

  /** Is at the desk until `end` (ms since 1970). */
  worksUntil(end: number): void {
    const next = (): void => {
      if (Date.now() >= end) return;
      this.#doesSomething();
      setTimeout(next, this.#random.between(180, 1_500) * 1_000);
    };
    next();
  }

  /** A page came up: it asks for everything, as the window does. */
  async meets(window: BrowserWindow): Promise<void> {
    if (this.#isRinger(window)) return;
    window.on('show', () => {
      setTimeout(() => window.emit('blur'), this.#random.between(5, 50) * 1_000);
    });
    const state = (await this.#asks(window, 'state:subscribe')) as AppState;
    this.#pages.set(window, drawnFrom(state));
    await this.#asks(window, 'window:ready');
  }

  /** A page was told something. */
  hears(window: BrowserWindow, name: string, event: unknown): void {
    const state = this.#pages.get(window);
    if (name !== 'state:patch' || !state) return;
    this.#pages.set(window, applyPatch(state, event as StatePatch));
  }

  /** Sees a notification: clicks it, closes it, or lets it be. */
  sees(notification: Notification): void {
    const chance = this.#random.next();
    const how = chance < 0.2 ? 'click' : chance < 0.5 ? 'close' : undefined;
    if (how === undefined) return;
    setTimeout(
      () => {
        notification.ends(how);
      },
      this.#random.between(1, 20) * 1_000,
    );
  }

  /** Goes home: what is open is put away. */
  leaves(): void {
    for (const window of there.windows) window.emit('blur');
    this.#pages.clear();
    for (const notification of [...there.notifications]) notification.ends('close');
  }

  #doesSomething(): void {
    const chance = this.#random.next();
    if (chance < 0.1) this.#silence(this.#random.pick(['30-minutes', 'off', '1-hour', 'off']));
    else void this.#looks();
  }

  async #looks(): Promise<void> {
    this.looks += 1;
    this.#clickTray();
    await Promise.resolve();
    const [window] = [...this.#pages.keys()].filter((page) => !page.isDestroyed());
    for (const page of this.#pages.keys()) if (page.isDestroyed()) this.#pages.delete(page);
    if (!window) return;
    await this.#reads(window);
    await this.#asks(window, 'log:day');
    const id = this.#pages.get(window)?.order[0];
    if (id !== undefined) await this.#asks(window, 'session:details', id);
    if (this.#random.chance(0.5)) await this.#asks(window, 'log:seen', 'all');
    if (this.#random.chance(0.05)) {
      window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    }
  }

  async #reads(window: BrowserWindow): Promise<void> {
    const page = { search: '', only: 'all', offset: 0, limit: 100 };
    const { total } = (await this.#asks(window, 'log:query', page)) as LogPage;
    const last = { ...page, offset: Math.max(0, total - 1) };
    const { entries } = (await this.#asks(window, 'log:query', last)) as LogPage;
    await this.#asks(window, 'log:query', { ...page, search: 'grace', only: 'missed' });
    const notices = this.#pages.get(window)?.notices.length ?? 0;
    const now = Date.now();
    this.saw = { entries: total, age: now - (entries[0]?.startedAt ?? now), notices };
  }

  async #asks(window: BrowserWindow, name: string, argument?: unknown): Promise<unknown> {
    const answer = there.handlers.get(name);
    if (!answer) throw new Error(`nobody answers ${name}`);
    const event = { senderFrame: window.webContents.mainFrame };
    return structuredClone(await answer(event, argument));
  }

  /** The page that plays the ring asks nothing. */
  #isRinger(window: BrowserWindow): boolean {
    return window.listenerCount('hide') === 0;
  }
}
