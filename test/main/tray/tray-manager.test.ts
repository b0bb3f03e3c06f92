import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, Tray } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TrayStatus } from '../../../src/core/tray-status';
import type { TrayMenuInput } from '../../../src/main/tray/tray-menu';
import { ENGLISH, createCallSummary } from '../builders';

const electron = vi.hoisted(() => ({ prefersReducedMotion: false, isDark: false }));

vi.mock('electron', () => ({
  app: { getAppPath: () => '/app' },
  Menu: { buildFromTemplate: (template: unknown) => template },
  nativeTheme: {
    get shouldUseDarkColors() {
      return electron.isDark;
    },
  },
  systemPreferences: { getAnimationSettings: () => electron },
  Tray: function () {
    return new FakeTray();
  },
}));

const { TrayManager } = await import('../../../src/main/tray/tray-manager');

const COUNTS = { isDoNotDisturb: false, activeCount: 0, missedCount: 0 };
const IDLE = createState({ ...COUNTS, kind: 'idle' });
const MISSED = createState({ ...COUNTS, missedCount: 1, kind: 'missed' });
const RINGING = createState({ ...COUNTS, kind: 'ringing', ringing: [createCallSummary()] });

class FakeTray extends EventEmitter {
  static latest: FakeTray;
  changes: string[] = [];
  isGone = false;
  menu: readonly MenuItemConstructorOptions[] = [];

  constructor() {
    super();
    FakeTray.latest = this;
  }

  setImage(path: string): void {
    this.changes.push(path.replace('/app/resources/tray/', ''));
  }

  setToolTip(tooltip: string): void {
    this.changes.push(tooltip);
  }

  setContextMenu(menu: unknown): void {
    this.menu = menu as readonly MenuItemConstructorOptions[];
    this.changes.push('menu');
  }

  popUpContextMenu(menu: unknown): void {
    this.menu = menu as readonly MenuItemConstructorOptions[];
  }

  setTitle(title: string): void {
    this.changes.push(`title ${title}`);
  }

  getBounds() {
    if (this.isGone) throw new Error('Tray is destroyed');
    return { x: 5, y: 5, width: 0, height: 0 };
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  destroy(): void {
    this.isGone = true;
  }
}

let tray: FakeTray;
let clickCount: number;

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(electron, { prefersReducedMotion: false, isDark: false });
  tray = new FakeTray();
  clickCount = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

describe('TrayManager', () => {
  test('shows the icon, the tooltip, and the menu', () => {
    createManager().update(MISSED);
    expect(tray.changes).toEqual(['linux/unknown/missed.png', 'Ringside: 1 to call back', 'menu']);
  });

  test('does not update the tray if nothing changes', () => {
    const manager = createManager();
    manager.update(IDLE);
    tray.changes = [];
    manager.update({ ...IDLE });
    expect(tray.changes).toEqual([]);
  });

  test('keeps the menu open if only the tooltip changes', () => {
    const manager = createManager();
    manager.update(IDLE);
    tray.changes = [];
    manager.update({ ...IDLE, connection: { kind: 'paused' } });
    expect(tray.changes).toEqual(['Ringside: paused']);
  });

  test('uses the icons for a dark panel', () => {
    electron.isDark = true;
    createManager().update(IDLE);
    expect(tray.changes).toContain('linux/dark/idle.png');
  });

  test('reacts to a click', () => {
    createManager();
    tray.emit('click');
    expect(clickCount).toBe(1);
  });

  test('opens the menu on a right click only on macOS', () => {
    createManager('darwin').update(IDLE);
    expect(tray.menu).toEqual([]);
    tray.emit('right-click');
    expect(tray.menu).not.toEqual([]);
  });

  test('returns no bounds if the platform reports no size', () => {
    expect(createManager().bounds).toBeUndefined();
  });

  test('reports the position of the last click that could be located', async () => {
    let pointer: { x: number; y: number } | undefined = { x: 1_500, y: 20 };
    const manager = createManager('linux', 'other', () => Promise.resolve(pointer));
    const click = async (): Promise<void> => {
      tray.emit('click');
      await vi.advanceTimersByTimeAsync(0);
    };
    await click();
    expect(manager.bounds).toMatchObject({ x: 1_500, y: 20 });
    pointer = undefined;
    await click();
    expect(manager.bounds).toMatchObject({ x: 1_500, y: 20 });
    expect(clickCount).toBe(2);
  });

  test('shows the number of missed calls only in the macOS menu bar', () => {
    const manager = createManager('darwin');
    manager.update(MISSED);
    manager.update(MISSED);
    manager.update(IDLE);
    expect(tray.changes.filter((change) => change.startsWith('title'))).toEqual([
      'title 1',
      'title ',
    ]);
    tray.changes = [];
    createManager('win32').update(MISSED);
    expect(tray.changes).not.toContain('title 1');
  });

  test('creates the tray in its latest state if a panel starts after the app', () => {
    const manager = createManager();
    manager.update(MISSED);
    manager.recreate();
    expect(tray.isGone).toBe(true);
    expect(FakeTray.latest.changes).toEqual(tray.changes);
    FakeTray.latest.emit('click');
    expect(clickCount).toBe(1);
  });

  test('ignores changes after it was disposed', () => {
    const manager = createManager();
    manager.dispose();
    manager.update(IDLE);
    expect([tray.isGone, tray.changes]).toEqual([true, []]);
    expect(manager.bounds).toBeUndefined();
  });
});

describe('TrayManager, while a call rings,', () => {
  const [FIRST, SECOND] = ['linux/unknown/ringing-0.png', 'linux/unknown/ringing-1.png'] as const;

  test('blinks twice a second even if the tooltip changes', () => {
    const manager = createManager();
    manager.update(RINGING);
    vi.advanceTimersByTime(500);
    manager.update({ ...RINGING, connection: { kind: 'starting' } });
    vi.advanceTimersByTime(1_000);
    const icons = tray.changes.filter((change) => change.endsWith('.png'));
    expect(icons).toEqual([FIRST, SECOND, FIRST, SECOND]);
  });

  test('does not blink if the user prefers reduced motion', () => {
    electron.prefersReducedMotion = true;
    createManager().update(RINGING);
    expect(tray.changes).toContain(FIRST);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not blink on GNOME, whose extension would lose the icon', () => {
    createManager('linux', 'gnome').update(RINGING);
    expect(tray.changes).toContain(FIRST);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stops blinking when the ring ends or the app quits', () => {
    const manager = createManager();
    manager.update(RINGING);
    manager.update(IDLE);
    expect(vi.getTimerCount()).toBe(0);
    manager.update(RINGING);
    manager.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

function createManager(
  platform: NodeJS.Platform = 'linux',
  desktop: 'gnome' | 'other' = 'other',
  locateClick?: () => Promise<{ x: number; y: number } | undefined>,
) {
  const actions = {
    open: () => undefined,
    callBack: () => undefined,
    setDoNotDisturb: () => undefined,
    refresh: () => undefined,
    quit: () => undefined,
  };
  const onClick = (): void => {
    clickCount += 1;
  };
  return new TrayManager(
    tray as unknown as Tray,
    ENGLISH,
    actions,
    onClick,
    platform,
    desktop,
    locateClick,
  );
}

function createState(trayStatus: TrayStatus): TrayMenuInput {
  const connection = { kind: 'live', lastResponseAt: 0 } as const;
  return {
    connection,
    trayStatus,
    doNotDisturb: null,
    sessions: [],
    sessionCount: 0,
    callers: [],
  };
}
