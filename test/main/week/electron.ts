/**
 * Electron's own objects, as far as Ringside drives them: they do nothing on any desktop, and tell
 * how many of them there are and who listens to them.
 */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import type { Served } from './server';

/** What a test sets up before anything is asked of these objects. */
export interface Stage {
  profile: string;
  /** Answers a request; `undefined` never does. */
  serve: (request: Sent) => Served | undefined;
  /** Ms until an answer begins. */
  latency: () => number;
  onNotification: (notification: Notification) => void;
  /** A page is about to be there. */
  onPage: (window: BrowserWindow) => void;
  /** A page was told something. */
  onTold: (window: BrowserWindow, name: string, event: unknown) => void;
}

export const stage: Stage = {
  profile: tmpdir(),
  serve: () => undefined,
  latency: () => 0,
  onNotification: () => undefined,
  onPage: () => undefined,
  onTold: () => undefined,
};

/** A request as it leaves the machine. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who listens to whom for as long as the app runs. */
const lasting = new Map<string, EventEmitter>();

/** How many listeners there are on objects that live as long as the app. */
export function listeners(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...lasting].map(([name, emitter]) => [
      name,
      emitter.eventNames().reduce((sum, event) => sum + emitter.listenerCount(event), 0),
    ]),
  );
}

function living<Emitter extends EventEmitter>(name: string, emitter: Emitter): Emitter {
  lasting.set(name, emitter);
  return emitter;
}

/** What is there now. */
export const there = {
  windows: new Set<BrowserWindow>(),
  notifications: new Set<Notification>(),
  requests: new Set<ClientRequest>(),
  images: new Set<string>(),
  shortcuts: new Set<string>(),
  handlers: new Map<string, (event: unknown, argument: unknown) => unknown>(),
};

/** How often something was done. */
export const done = { requests: 0, notifications: 0, windows: 0, opened: 0 };

/** What was made of each kind. */
const made = new Map<string, WeakRef<object>[]>();

/** Notes that something was made, without holding on to it. */
export function mark(kind: string, object: object): void {
  const refs = made.get(kind) ?? [];
  refs.push(new WeakRef(object));
  made.set(kind, refs);
}

/** How many of each kind somebody holds on to; right after a collection. */
export function held(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...made].map(([kind, refs]) => {
      const left = refs.filter((ref) => ref.deref() !== undefined);
      made.set(kind, left);
      return [kind, left.length];
    }),
  );
}

export const app = living(
  'app',
  Object.assign(new EventEmitter(), {
    isPackaged: false,
    getPath: () => stage.profile,
    getAppPath: () => '/opt/ringside',
    getVersion: () => '1.2.3',
    getPreferredSystemLanguages: () => ['en-US'],
    getLocaleCountryCode: () => 'US',
    setBadgeCount: () => true,
    quit: () => undefined,
  }),
);

export const nativeTheme = living(
  'nativeTheme',
  Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false }),
);

export const systemPreferences = {
  getAnimationSettings: () => ({ prefersReducedMotion: false }),
};

export const globalShortcut = {
  register: (accelerator: string) => Boolean(there.shortcuts.add(accelerator)),
  unregister: (accelerator: string) => there.shortcuts.delete(accelerator),
};

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from(text),
  decryptString: (bytes: Buffer) => bytes.toString(),
};

export const clipboard = { writeText: () => Promise.resolve() };
export const dialog = { showSaveDialog: () => Promise.resolve({ canceled: true }) };
export const shell = {
  openExternal: () => {
    done.opened += 1;
    return Promise.resolve();
  },
};

export const screen = {
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  getDisplayMatching: () => SCREEN,
  getDisplayNearestPoint: () => SCREEN,
};
const SCREEN = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } };

export const protocol = { registerSchemesAsPrivileged: () => undefined };

export const ipcMain = {
  handle: (name: string, answer: (event: unknown, argument: unknown) => unknown) => {
    there.handlers.set(name, answer);
  },
};

/** A cookie jar, and what else a session is. */
class Jar {
  readonly #cookies = new Map<string, string>();
  readonly protocol = { handle: () => undefined };
  readonly cookies = { flushStore: () => Promise.resolve() };

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  take(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value);
    }
  }

  setPermissionRequestHandler(): void {
    // Nobody asks.
  }

  clearStorageData(): Promise<void> {
    this.#cookies.clear();
    return Promise.resolve();
  }
}

const jars = new Map<string, Jar>();

export const session = {
  defaultSession: new Jar(),
  fromPartition: (name: string) => {
    const jar = jars.get(name) ?? new Jar();
    jars.set(name, jar);
    return jar;
  },
};

/** One request, from being made to its last byte. */
class ClientRequest extends EventEmitter {
  readonly #options: { method: string; url: string; session: Jar };
  readonly #headers: Record<string, string> = {};

  constructor(options: { method: string; url: string; session: Jar }) {
    super();
    this.#options = options;
    there.requests.add(this);
    mark('requests', this);
    done.requests += 1;
  }

  setHeader(name: string, value: string): void {
    this.#headers[name.toLowerCase()] = value;
  }

  followRedirect(): void {
    this.abort();
  }

  abort(): void {
    there.requests.delete(this);
  }

  end(body = ''): void {
    const { method, url, session: jar } = this.#options;
    const headers = { ...this.#headers, cookie: jar.header };
    const served = stage.serve({ method, url, headers, body });
    if (served === undefined) return;
    setTimeout(() => {
      if (there.requests.has(this)) this.#give(served, jar);
    }, stage.latency());
  }

  #give(served: Served, jar: Jar): void {
    if ('error' in served) {
      this.emit('error', new Error(served.error));
      return;
    }
    if (served.status >= 300 && served.status < 400) {
      this.emit('redirect', served.status, 'GET', 'https://elsewhere.example/');
      return;
    }
    const cookies = served.headers['Set-Cookie'];
    if (Array.isArray(cookies)) jar.take(cookies as readonly string[]);
    const response = Object.assign(new EventEmitter(), {
      statusCode: served.status,
      headers: served.headers,
    });
    this.emit('response', response);
    response.emit('data', Buffer.from(served.body));
    response.emit('end');
    there.requests.delete(this);
  }
}

export const net = {
  isOnline: () => true,
  request: (options: ConstructorParameters<typeof ClientRequest>[0]) => new ClientRequest(options),
};

/** A notification, on the screen from `show` to whatever takes it down. */
export class Notification extends EventEmitter {
  title: string;
  body: string;
  #isNew = true;

  constructor({ title, body }: { title: string; body: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  show(): void {
    there.notifications.add(this);
    if (!this.#isNew) return;
    this.#isNew = false;
    done.notifications += 1;
    mark('notifications', this);
    stage.onNotification(this);
  }

  close(): void {
    there.notifications.delete(this);
  }

  /** What the person, or time, does to it. */
  ends(how: 'click' | 'close'): void {
    if (there.notifications.delete(this)) this.emit(how);
  }
}

class WebContents extends EventEmitter {
  readonly mainFrame = { url: 'ringside://window/index.html' };

  constructor(private readonly window: BrowserWindow) {
    super();
  }

  isDestroyed(): boolean {
    return this.window.isDestroyed();
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  send(name: string, event: unknown): void {
    stage.onTold(this.window, name, structuredClone(event));
  }
}

/** A window and its page. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents(this);
  #visible = false;

  constructor() {
    super();
    there.windows.add(this);
    mark('windows', this);
    done.windows += 1;
  }

  loadURL(): Promise<void> {
    queueMicrotask(() => {
      if (this.isDestroyed()) return;
      stage.onPage(this);
      this.emit('ready-to-show');
    });
    return Promise.resolve();
  }

  show(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }

  showInactive(): void {
    this.show();
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.emit('hide');
  }

  focus(): void {
    // It has it.
  }

  destroy(): void {
    there.windows.delete(this);
    this.#visible = false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isDestroyed(): boolean {
    return !there.windows.has(this);
  }

  isFocused(): boolean {
    return this.#visible;
  }

  isMaximized(): boolean {
    return false;
  }

  isAlwaysOnTop(): boolean {
    return false;
  }

  setAlwaysOnTop(): void {
    // Nothing is above it.
  }

  setSkipTaskbar(): void {
    // There is no taskbar.
  }

  setBackgroundColor(): void {
    // Nobody looks.
  }

  flashFrame(): void {
    // Nobody looks.
  }

  setBounds(): void {
    // It is where it is.
  }
}

/** The icon in the tray. */
export class Tray extends EventEmitter {
  constructor() {
    super();
    living('tray', this);
  }

  setImage(): void {
    // Nobody looks.
  }

  setToolTip(): void {
    // Nobody looks.
  }

  setContextMenu(): void {
    // Nobody opens it.
  }

  getBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 1800, y: 1060, width: 24, height: 24 };
  }

  destroy(): void {
    // It is gone.
  }
}

export const Menu = { buildFromTemplate: (template: unknown) => ({ template }) };
export const nativeImage = {
  createFromPath: (path: string) => {
    there.images.add(path);
    return { path };
  },
};
