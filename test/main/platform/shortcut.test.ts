import { beforeEach, expect, test } from 'vitest';
import { WindowShortcut } from '../../../src/main/platform/shortcut';

let taken: Set<string>;
let registered: Map<string, () => void>;
let presses: number;
let conflicts: (string | undefined)[];
let shortcut: WindowShortcut;

beforeEach(() => {
  taken = new Set();
  registered = new Map();
  presses = 0;
  conflicts = [];
  shortcut = new WindowShortcut(
    () => (presses += 1),
    (accelerator) => conflicts.push(accelerator),
    {
      register: (accelerator, onPress) => {
        if (accelerator === 'Nonsense') throw new TypeError('conversion failure');
        if (taken.has(accelerator)) return false;
        registered.set(accelerator, onPress);
        return true;
      },
      unregister: (accelerator) => registered.delete(accelerator),
    },
  );
});

test('replaces the registered shortcut', () => {
  shortcut.set('Control+Alt+J');
  registered.get('Control+Alt+J')?.();
  expect(presses).toBe(1);
  shortcut.set('Control+Alt+K');
  expect([...registered.keys()]).toEqual(['Control+Alt+K']);
  shortcut.set('');
  expect([...registered.keys()]).toEqual([]);
  expect(conflicts).toEqual([]);
});

test.each(['Control+Alt+J', 'Nonsense'])('reports that %s cannot be registered', (accelerator) => {
  taken.add('Control+Alt+J');
  shortcut.set(accelerator);
  expect(conflicts).toEqual([accelerator]);
});

test('clears the conflict when the shortcut is turned off or replaced by an available one', () => {
  taken.add('Control+Alt+J').add('Control+Alt+K');
  shortcut.set('Control+Alt+J');
  shortcut.set('');
  expect(conflicts.splice(0)).toEqual(['Control+Alt+J', undefined]);
  shortcut.set('Control+Alt+J');
  shortcut.set('Control+Alt+K');
  shortcut.set('Control+Alt+L');
  expect(conflicts).toEqual(['Control+Alt+J', 'Control+Alt+K', undefined]);
});

test('tries the same shortcut again after a conflict', () => {
  taken.add('Control+Alt+K');
  shortcut.set('Control+Alt+K');
  taken.delete('Control+Alt+K');
  shortcut.set('Control+Alt+K');
  expect(conflicts).toEqual(['Control+Alt+K', undefined]);
  expect([...registered.keys()]).toEqual(['Control+Alt+K']);
});
