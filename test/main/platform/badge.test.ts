import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert';
import { Badge, type TaskbarWindow } from '../../../src/main/platform/badge';
import { createCallSummary } from '../builders';

const GROUPED_RINGS: Alert = { kind: 'grouped-rings', key: 'many', summaries: [] };
const OFFLINE: Alert = { kind: 'connection-problem', key: 'trouble', problem: 'offline' };

let calls: string[];
let window: TaskbarWindow | undefined;

beforeEach(() => {
  calls = [];
  window = createWindow();
});

describe('the missed-call badge', () => {
  test.each(['darwin', 'linux'] as const)('counts on %s without a window', (platform) => {
    const badge = createBadge(platform);
    window = undefined;
    for (const count of [0, 3, 3, 0]) badge.setMissedCount(count, '');
    expect(calls).toEqual(['badge 3', 'badge 0']);
  });

  test('overlays the taskbar icon of the window on Windows', () => {
    const badge = createBadge('win32');
    badge.setMissedCount(2, '2 missed');
    badge.setMissedCount(2, '2 missed');
    badge.setMissedCount(0, '0 missed');
    expect(calls).toEqual(['dot: 2 missed', 'no dot: ']);
  });

  test('is set again on Windows when the window is recreated', () => {
    const badge = createBadge('win32');
    badge.setMissedCount(2, '2 missed');
    window = undefined;
    badge.setMissedCount(2, '2 missed');
    window = createWindow();
    badge.setMissedCount(2, '2 missed');
    expect(calls).toEqual(['dot: 2 missed', 'dot: 2 missed']);
  });
});

describe('the attention request', () => {
  test('bounces the macOS dock icon once and stops when nothing rings', () => {
    setAlerts(createBadge('darwin'), [ring('1')], [ring('1')], [], []);
    expect(calls).toEqual(['bounce informational', 'cancel bounce 7']);
  });

  test.each(['win32', 'linux'] as const)('flashes the window on %s', (platform) => {
    setAlerts(createBadge(platform), [ring('1')], []);
    expect(calls).toEqual(['flash true', 'flash false']);
  });

  test('is also cleared in the window manager of an X server', () => {
    setAlerts(createBadge('linux', true), [ring('1')], []);
    expect(calls).toEqual(['flash true', 'flash false', 'clear attention of 258']);
  });

  test('is repeated for another ring but not when one of two ends', () => {
    const [first, second] = [ring('1'), ring('2')];
    setAlerts(createBadge('linux'), [first], [first, second], [second], []);
    expect(calls).toEqual(['flash true', 'flash true', 'flash false']);
  });

  test('is made once for grouped rings', () => {
    setAlerts(createBadge('linux'), [GROUPED_RINGS], [GROUPED_RINGS], []);
    expect(calls).toEqual(['flash true', 'flash false']);
  });

  test('is made only for rings', () => {
    setAlerts(createBadge('linux'), [OFFLINE], []);
    expect(calls).toEqual([]);
  });

  test.each([{ isFocused: true }, { isVisible: false }])('skips a window with %j', (options) => {
    window = createWindow(options);
    setAlerts(createBadge('win32'), [ring('1')]);
    expect(calls).toEqual([]);
  });
});

function ring(key: string): Alert {
  return { kind: 'ringing', key, summary: createCallSummary() };
}

function setAlerts(badge: Badge, ...lists: readonly (readonly Alert[])[]): void {
  for (const alerts of lists) badge.setAlerts(alerts);
}

function createBadge(platform: NodeJS.Platform, isOnX11 = false): Badge {
  const dock = {
    bounce: (type: string) => {
      calls.push(`bounce ${type}`);
      return 7;
    },
    cancelBounce: (id: number) => calls.push(`cancel bounce ${id}`),
  } as unknown as Electron.Dock;
  const setBadgeCount = (count = 0): boolean => {
    calls.push(`badge ${count}`);
    return true;
  };
  const x11 = {
    clearAttention: (handle: number) => {
      calls.push(`clear attention of ${handle}`);
      return Promise.resolve();
    },
  };
  const dot = {} as unknown as Electron.NativeImage;
  return new Badge(
    () => window,
    platform,
    { dock, setBadgeCount },
    () => dot,
    isOnX11 ? x11 : undefined,
  );
}

function createWindow({ isVisible = true, isFocused = false } = {}): TaskbarWindow {
  return {
    isVisible: () => isVisible,
    isFocused: () => isFocused,
    getNativeWindowHandle: () => Buffer.from([2, 1, 0, 0]),
    flashFrame: (isFlashing) => calls.push(`flash ${String(isFlashing)}`),
    setOverlayIcon: (image, description) =>
      calls.push(`${image ? 'dot' : 'no dot'}: ${description}`),
  };
}
