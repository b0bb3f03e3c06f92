import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({}));

const { getDesktopEnvironment } = await import('../../../src/main/platform/platform-info');

test.each([
  ['GNOME', 'gnome'],
  ['ubuntu:GNOME', 'gnome'],
  ['GNOME-Classic:GNOME', 'gnome'],
  ['KDE', 'other'],
  ['XFCE', 'other'],
  ['X-Cinnamon', 'other'],
  ['gnome-like', 'other'],
  ['', 'other'],
  [undefined, 'other'],
] as const)('recognizes the desktop %s as %s', (name, desktop) => {
  expect(getDesktopEnvironment({ XDG_CURRENT_DESKTOP: name })).toBe(desktop);
});
