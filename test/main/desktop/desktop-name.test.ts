import { expect, test } from 'vitest';
import { desktopNamed } from '../../../src/main/desktop/desktop-name';

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
] as const)('the desktop that calls itself %s is %s', (name, desktop) => {
  expect(desktopNamed({ XDG_CURRENT_DESKTOP: name })).toBe(desktop);
});
