/** Puts together the window and the page in it. */
import { join } from 'node:path';
import { app, nativeTheme, session } from 'electron';
import type { Settings } from '../../core/settings/settings';
import type { AppState, Destination } from '../../shared/state';
import type { TaskbarWindow } from '../platform/badge';
import { WindowFeed } from './window-feed';
import type { Avatars } from './avatars';
import { answerWindow, tellWindow, type Handlers } from './bridge';
import { lookOf } from './ground';
import { pages } from './pages';
import type { Box } from './placement';
import { serveWindow } from './scheme';
import { Window } from './window';

/** What the window and its page need. */
export interface PageWindowNeeds {
  readonly settings: () => Settings;
  readonly state: () => AppState;
  readonly hasTray: () => boolean;
  readonly trayBounds: () => Box | undefined;
  /** Whether a window may say where it goes. */
  readonly canPlace: boolean;
  readonly onResized: (width: number, height: number) => void;
  readonly onVisible: (isVisible: boolean) => void;
}

/** The window with its page: what the page is told and asks, and where it goes. */
export class PageWindow {
  readonly #window: Window;
  readonly #feed: WindowFeed;
  /** Where the page goes as soon as it listens. */
  #destination: Destination | undefined;

  constructor(needs: PageWindowNeeds) {
    this.#window = new Window({
      preload: join(app.getAppPath(), 'out/preload/index.cjs'),
      url: pages.addressOf('index.html'),
      icon: join(app.getAppPath(), 'resources/icons/256x256.png'),
      settings: needs.settings,
      hasTray: needs.hasTray,
      trayBounds: needs.trayBounds,
      canPlace: needs.canPlace,
      look: () => lookOf(needs.settings(), nativeTheme),
      onResized: needs.onResized,
      onVisible: needs.onVisible,
      onReleased: () => {
        this.#feed.unsubscribe();
      },
    });
    this.#feed = new WindowFeed({
      state: needs.state,
      tell: (name, event) => {
        tellWindow(this.#window.contents, name, event);
      },
    });
  }

  get isVisible(): boolean {
    return this.#window.isVisible;
  }

  /** The window as a taskbar knows it; `undefined` while there is none. */
  get frame(): TaskbarWindow | undefined {
    return this.#window.frame;
  }

  /** Opens the window at some place in it. */
  open(destination: Destination): void {
    this.#destination = destination;
    this.#window.open();
    if (this.#window.isRendererReady) this.#sendDestination();
  }

  /** Shows the window without taking the focus from what the person is doing. */
  peek(): void {
    this.#window.peek();
  }

  /** As a click on the tray does: opens, or hides what is open. */
  toggle(): void {
    this.#window.toggle();
  }

  hide(): void {
    this.#window.hide();
  }

  /** Does something that takes the focus for a while, and the window stays. */
  whileOpen<Result>(what: () => Promise<Result>): Promise<Result> {
    return this.#window.whileOpen(what);
  }

  /** Applies what changed in the settings. */
  applySettings(): void {
    this.#window.applySettings();
  }

  /** Something that the page shows may have changed. */
  update(): void {
    this.#feed.update();
  }

  /** Serves the page and answers what it asks. */
  serve(handlers: Handlers, avatars: Avatars): void {
    serveWindow(session.defaultSession, join(app.getAppPath(), 'out/renderer'), avatars);
    answerWindow(handlers, () => this.#window.contents, pages.isOurs);
  }

  /** The page asks for everything, and wants what changes from now on. */
  subscribe(): AppState {
    return this.#feed.subscribe();
  }

  /**
   * The page is rendered and listens. It gets its destination before the window is shown, so that
   * the destination can't undo anything the user does.
   */
  rendererReady(): void {
    this.#sendDestination();
    this.#window.rendererReady();
  }

  /** Lets the window go for good. */
  end(): void {
    this.#window.end();
  }

  #sendDestination(): void {
    if (!this.#destination) return;
    tellWindow(this.#window.contents, 'window:navigate', this.#destination);
    this.#destination = undefined;
  }
}
