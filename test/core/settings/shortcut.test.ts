import { expect, test } from 'vitest';
import { isAllowedShortcut } from '../../../src/core/settings/shortcut';

test.each(['', 'F9', 'Shift+F9', 'Control+Alt+R', 'CommandOrControl+Shift+J', 'Super+C'])(
  'allows the shortcut %o',
  (accelerator) => {
    expect(isAllowedShortcut(accelerator)).toBe(true);
  },
);

test.each(['a', 'Space', 'Enter', 'Shift+A', 'CommandOrControl+C', 'ctrl+v', 'Cmd+Shift+Z'])(
  'rejects %o, which other apps use',
  (accelerator) => {
    expect(isAllowedShortcut(accelerator)).toBe(false);
  },
);
