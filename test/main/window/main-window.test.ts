import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { MainWindow } from '../../../src/main/window/main-window';

const electron = await vi.hoisted(async () => {
  const events = await import('node:events');
  const rectangle = { x: 0, y: 0, width: 1_280, height: 800 };

  class WebContents extends events.EventEmitter {
    readonly sent: unknown[] = [];
    send = (name: string, event: unknown): number => this.sent.push([name, event]);
    isDestroyed = (): boolean => false;
    isDevToolsOpened = (): boolean => false;
  }

  class BrowserWindow extends events.EventEmitter {
    static created: BrowserWindow[] = [];
    readonly webContents = new WebContents();
    #isVisible = false;

    constructor() {
      super();
      BrowserWindow.created.push(this);
    }

    isVisible = (): boolean => this.#isVisible;
    isFocused = (): boolean => this.#isVisible;
    isDestroyed = (): boolean => false;
    isAlwaysOnTop = (): boolean => false;
    getBounds = (): typeof rectangle => rectangle;
    getNormalBounds = (): typeof rectangle => rectangle;
    loadURL = (): Promise<void> => Promise.resolve();
    setBounds(): void {}
    setSize(): void {}
    setMinimumSize(): void {}
    focus(): void {}
    blur(): void {
      this.emit('blur');
    }
    destroy(): void {}

    show(): void {
      this.#isVisible = true;
      this.emit('show');
    }

    showInactive(): void {
      this.show();
    }

    hide(): void {
      this.#isVisible = false;
      this.emit('hide');
    }
  }
  return { BrowserWindow, rectangle };
});

vi.mock('electron', () => {
  const display = { bounds: electron.rectangle, workArea: electron.rectangle };
  return {
    BrowserWindow: electron.BrowserWindow,
    app: { getAppPath: () => '/app' },
    nativeTheme: {},
    protocol: {},
    screen: {
      getPrimaryDisplay: () => display,
      getDisplayMatching: () => display,
      getDisplayNearestPoint: () => display,
      getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    },
  };
});

const settings = { get: () => DEFAULT_SETTINGS, update: () => [] };
const tray = { isAvailable: () => true, getBounds: () => undefined };
let window: MainWindow;

beforeEach(() => {
  vi.useFakeTimers();
  electron.BrowserWindow.created = [];
  window = new MainWindow(settings, tray, true);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a window that pops up for a ring', () => {
  test('hides again five seconds after the last ring', () => {
    popUp();
    window.setRinging(false);
    vi.advanceTimersByTime(3_000);
    // Another call rings.
    window.setRinging(true);
    vi.advanceTimersByTime(10_000);
    window.setRinging(false);
    window.setRinging(false);
    vi.advanceTimersByTime(4_999);
    expect(window.isVisible).toBe(true);
    vi.advanceTimersByTime(1);
    expect(window.isVisible).toBe(false);
  });

  test.each(['mouseDown', 'mouseWheel', 'rawKeyDown'])('stays after a %s in it', (type) => {
    popUp();
    getContents().emit('input-event', {}, { type });
    window.setRinging(false);
    vi.advanceTimersByTime(60_000);
    expect(window.isVisible).toBe(true);
  });

  test('hides although the pointer moved across it', () => {
    popUp();
    getContents().emit('input-event', {}, { type: 'mouseMove' });
    window.setRinging(false);
    vi.advanceTimersByTime(5_000);
    expect(window.isVisible).toBe(false);
  });

  test('stays if the user opened it before or since', () => {
    window.open({ view: 'settings' });
    window.popUp({ view: 'calls' });
    window.rendererReady();
    window.setRinging(false);
    vi.advanceTimersByTime(60_000);
    expect(window.isVisible).toBe(true);
    expect(getContents().sent).toEqual([['window:navigate', { view: 'settings' }]]);

    window.hide();
    window.popUp({ view: 'calls' });
    window.open({ view: 'missed' });
    window.setRinging(false);
    vi.advanceTimersByTime(60_000);
    expect(window.isVisible).toBe(true);
  });

  test('keeps a form that the user is filling in', () => {
    popUp();
    window.setKeptOpen(true);
    window.hide();
    const { sent } = getContents();
    sent.length = 0;
    window.popUp({ view: 'calls' });
    window.hide();
    vi.advanceTimersByTime(1_000);
    window.toggle({ view: 'calls' });
    expect(window.isVisible).toBe(true);
    expect(sent).toEqual([]);
  });
});

test('a link leaves a form that the user is filling in', () => {
  popUp();
  const { sent } = getContents();
  sent.length = 0;
  window.setKeptOpen(true);
  window.showInactive({ view: 'missed', isFromLink: true });
  expect(sent).toEqual([]);
  window.setKeptOpen(false);
  window.showInactive({ view: 'missed', isFromLink: true });
  expect(sent).toEqual([['window:navigate', { view: 'missed', isFromLink: true }]]);
});

test('loses the focus before it hides, so that screen readers notice when it opens again', () => {
  popUp();
  const events: string[] = [];
  const [created] = electron.BrowserWindow.created;
  for (const name of ['blur', 'hide']) created?.prependListener(name, () => events.push(name));
  window.hide();
  expect(events.slice(0, 2)).toEqual(['blur', 'hide']);
});

test('stays open on Wayland until it has become active, and then hides on blur', () => {
  window = new MainWindow(settings, tray, false);
  for (const delayMs of [0, 10_000]) {
    vi.advanceTimersByTime(delayMs);
    window.open({ view: 'calls' });
    window.rendererReady();
    getWindow().emit('blur');
    expect(window.isVisible).toBe(true);
    vi.advanceTimersByTime(500);
    getWindow().emit('blur');
    expect(window.isVisible).toBe(false);
  }
});

test('hides on blur immediately if it is not on Wayland', () => {
  window.open({ view: 'calls' });
  window.rendererReady();
  getWindow().emit('blur');
  expect(window.isVisible).toBe(false);
});

function popUp(): void {
  window.popUp({ view: 'calls' });
  window.rendererReady();
  expect(window.isVisible).toBe(true);
  window.setRinging(true);
}

function getWindow(): InstanceType<typeof electron.BrowserWindow> {
  const [created] = electron.BrowserWindow.created.slice(-1);
  if (!created) throw new Error('no window');
  return created;
}

function getContents(): EventEmitter & { readonly sent: unknown[] } {
  return getWindow().webContents;
}
