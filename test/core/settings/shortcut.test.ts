import { expect, test } from 'vitest';
import { isAllowedShortcut } from '../../../src/core/settings/shortcut';

test.each(['', 'F9', 'Shift+F9', 'Control+Alt+R', 'CommandOrControl+Shift+J', 'Super+C'])(
  'allows %o',
  (accelerator) => {
    expect(isAllowedShortcut(accelerator)).toBe(true);
  },
);

test.each(['a', 'Space', 'Enter', 'Shift+A', 'CommandOrControl+C', 'ctrl+v', 'Cmd+Shift+Z'])(
  'leaves %o to other applications',
  (accelerator) => {
    expect(isAllowedShortcut(accelerator)).toBe(false);
  },
);
