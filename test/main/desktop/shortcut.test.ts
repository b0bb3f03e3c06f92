import { beforeEach, expect, test } from 'vitest';
import { OpenShortcut } from '../../../src/main/desktop/shortcut';

let taken: Set<string>;
let ours: Map<string, () => void>;
let pressed: number;
let told: (string | undefined)[];
let shortcut: OpenShortcut;

beforeEach(() => {
  taken = new Set();
  ours = new Map();
  pressed = 0;
  told = [];
  shortcut = new OpenShortcut(
    {
      register: (accelerator, press) => {
        if (accelerator === 'Nonsense') throw new TypeError('conversion failure');
        if (taken.has(accelerator)) return false;
        ours.set(accelerator, press);
        return true;
      },
      unregister: (accelerator) => ours.delete(accelerator),
    },
    () => (pressed += 1),
    (accelerator) => told.push(accelerator),
  );
});

test('a shortcut opens the window, and gives way to the next one', () => {
  shortcut.set('Control+Alt+J');
  ours.get('Control+Alt+J')?.();
  expect(pressed).toBe(1);
  shortcut.set('Control+Alt+K');
  expect([...ours.keys()]).toEqual(['Control+Alt+K']);
  shortcut.set('');
  expect([...ours.keys()]).toEqual([]);
  expect(told).toEqual([]);
});

test.each(['Control+Alt+J', 'Nonsense'])('%s, where it cannot be had, is told', (accelerator) => {
  taken.add('Control+Alt+J');
  shortcut.set(accelerator);
  expect(told).toEqual([accelerator]);
});

test('what was told is over once the shortcut is another one, none, or free', () => {
  taken.add('Control+Alt+J').add('Control+Alt+K');
  shortcut.set('Control+Alt+J');
  shortcut.set('');
  expect(told.splice(0)).toEqual(['Control+Alt+J', undefined]);
  shortcut.set('Control+Alt+J');
  shortcut.set('Control+Alt+K');
  shortcut.set('Control+Alt+L');
  expect(told.splice(0)).toEqual(['Control+Alt+J', 'Control+Alt+K', undefined]);
  shortcut.set('Control+Alt+K');
  taken.delete('Control+Alt+K');
  shortcut.set('Control+Alt+K');
  expect(told).toEqual(['Control+Alt+K', undefined]);
  expect([...ours.keys()]).toEqual(['Control+Alt+K']);
});
