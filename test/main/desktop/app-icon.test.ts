import { beforeEach, describe, expect, test } from 'vitest';
import { appIconOn, type AppIcon, type Frame } from '../../../src/main/desktop/app-icon';

let done: string[];
let frame: Frame | undefined;

beforeEach(() => {
  done = [];
  frame = aFrame();
});

describe('the badge', () => {
  test.each(['darwin', 'linux'] as const)('on %s counts, window or not, and goes', (platform) => {
    const icon = iconOn(platform);
    frame = undefined;
    icon.show(missed(3));
    icon.show(missed(3));
    icon.show(missed(0));
    expect(done).toEqual(['badge 3', 'badge 0']);
  });

  test.each(['darwin', 'linux'] as const)('on %s is not taken away where none is', (platform) => {
    iconOn(platform).show(missed(0));
    expect(done).toEqual([]);
  });

  test('on Windows is laid over the icon of the window, in words too', () => {
    const icon = iconOn('win32');
    icon.show(missed(2));
    icon.show(missed(2));
    icon.show(missed(0));
    expect(done).toEqual(['overlay: 2 missed', 'no overlay']);
  });

  test('on Windows comes back with a window that is made anew', () => {
    const icon = iconOn('win32');
    icon.show(missed(2));
    frame = undefined;
    icon.show(missed(2));
    frame = aFrame();
    icon.show(missed(2));
    expect(done).toEqual(['overlay: 2 missed', 'overlay: 2 missed']);
  });
});

describe('asking for a look', () => {
  test('makes the dock of macOS bounce once, and be still when nothing rings', () => {
    const icon = iconOn('darwin');
    icon.beckon();
    icon.rest();
    icon.rest();
    expect(done).toEqual(['bounce informational', 'no bounce 7']);
  });

  test.each(['win32', 'linux'] as const)('on %s makes a window flash', (platform) => {
    const icon = iconOn(platform);
    icon.beckon();
    icon.rest();
    expect(done).toEqual(['flash true', 'flash false']);
  });

  test.each(['win32', 'linux'] as const)(
    'on %s leaves alone a window that is worked in, one that is hidden, and none',
    (platform) => {
      const icon = iconOn(platform);
      frame = aFrame({ focused: true });
      icon.beckon();
      frame = aFrame({ visible: false });
      icon.beckon();
      frame = undefined;
      icon.beckon();
      icon.rest();
      expect(done).toEqual([]);
    },
  );
});

function iconOn(platform: NodeJS.Platform): AppIcon {
  return appIconOn(platform, {
    app: {
      setBadgeCount: (count) => {
        done.push(`badge ${String(count)}`);
        return true;
      },
    },
    dock: {
      bounce: (kind) => {
        done.push(`bounce ${String(kind)}`);
        return 7;
      },
      cancelBounce: (id) => done.push(`no bounce ${id}`),
    },
    frame: () => frame,
    overlay: (_, words) => done.push(words === undefined ? 'no overlay' : `overlay: ${words}`),
  });
}

function aFrame({ visible = true, focused = false } = {}): Frame {
  return {
    isVisible: () => visible,
    isFocused: () => focused,
    flashFrame: (on) => done.push(`flash ${String(on)}`),
    setOverlayIcon: () => expect.unreachable(),
  };
}

function missed(count: number) {
  return { missed: count, words: `${count} missed` };
}
