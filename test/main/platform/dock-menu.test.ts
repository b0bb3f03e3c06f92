import type { Dock, MenuItemConstructorOptions, Task } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseCommandLine } from '../../../src/main/command-line';
import { ENGLISH, loadI18n } from '../builders';

vi.mock('electron', () => ({
  app: {},
  Menu: { buildFromTemplate: (template: unknown) => template },
}));

const { DockMenu } = await import('../../../src/main/platform/dock-menu');

const OFF = { doNotDisturb: null };
const ON = { doNotDisturb: { until: null, isScheduled: false } };
const CHOICES = ['For 30 minutes', 'For 1 hour', 'Until tomorrow', 'Until turned off'];

let dockMenus: (readonly MenuItemConstructorOptions[])[];
let jumpLists: (readonly Task[])[];

beforeEach(() => {
  // After midnight, "until tomorrow" is the coming morning.
  vi.useFakeTimers({ now: new Date(2026, 5, 1, 12), toFake: ['Date'] });
  dockMenus = [];
  jumpLists = [];
});

afterEach(() => {
  vi.useRealTimers();
});

test('sets the macOS dock menu when it changes', () => {
  const menu = createMenu('darwin');
  for (const input of [OFF, OFF, ON]) menu.update(input);
  expect(dockMenus.map(getChoiceLabels)).toEqual([CHOICES, ['Turn off', undefined, ...CHOICES]]);
  expect(jumpLists).toEqual([]);
});

test('sets a Windows jump list whose tasks start the app hidden with an argument', () => {
  const menu = createMenu('win32');
  for (const input of [OFF, ON]) menu.update(input);
  expect(jumpLists).toHaveLength(1);
  const tasks = jumpLists.flat();
  expect(tasks.map(({ title }) => title)).toEqual(
    [...CHOICES, 'Turn off'].map((choice) => `Do Not Disturb · ${choice}`),
  );
  const starts = tasks.map((task) =>
    parseCommandLine([task.program, ...task.arguments.split(' ')]),
  );
  expect(starts.map(({ doNotDisturb }) => doNotDisturb)).toEqual([
    '30-minutes',
    '1-hour',
    'tomorrow',
    'until-turned-off',
    'off',
  ]);
  expect(starts.every(({ hidden }) => hidden)).toBe(true);
  expect(dockMenus).toEqual([]);
});

test('translates the jump list', async () => {
  createMenu('win32', { i18n: await loadI18n('de') }).update(OFF);
  expect(jumpLists[0]?.[0]?.title).toMatch(/^Nicht stören · /);
});

test('sets no jump list while running from a checkout, and nothing on Linux', () => {
  createMenu('win32', { isPackaged: false }).update(OFF);
  createMenu('linux').update(OFF);
  expect([dockMenus, jumpLists]).toEqual([[], []]);
});

function createMenu(platform: NodeJS.Platform, { i18n = ENGLISH, isPackaged = true } = {}) {
  const dock = {
    setMenu: (menu: unknown) => dockMenus.push(menu as MenuItemConstructorOptions[]),
  } as unknown as Dock;
  const setUserTasks = (tasks: Task[]): boolean => {
    jumpLists.push(tasks);
    return true;
  };
  const actions = { setDoNotDisturb: () => undefined };
  return new DockMenu(i18n, actions, platform, { dock, isPackaged, setUserTasks });
}

/** Returns the labels without the end times. */
function getChoiceLabels([item]: readonly MenuItemConstructorOptions[]) {
  return Array.isArray(item?.submenu)
    ? item.submenu.map(({ label }) => label?.replace(/ \(.*|,.*/, ''))
    : [];
}
