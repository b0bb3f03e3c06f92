import type { Task } from 'electron';
import { describe, expect, test } from 'vitest';
import type { Glance } from '../../../src/core/glance';
import { readArguments } from '../../../src/main/arguments';
import { desktopMessages, desktopWords } from '../../../src/main/desktop-words';
import { QuickMenu } from '../../../src/main/desktop/quick-menu';
import type { MenuEntry } from '../../../src/main/desktop/tray-menu';
import { ENGLISH } from '../builders';

const QUIET: Glance = { kind: 'idle', silent: false, active: 0, missed: 0 };
const PROGRAM = 'C:\\Users\\maya\\AppData\\Local\\Programs\\Ringside\\Ringside.exe';

function menuOn(platform: NodeJS.Platform) {
  const docks: (readonly MenuEntry[])[] = [];
  const jumpLists: (readonly Task[])[] = [];
  const menu = new QuickMenu(platform, {
    executable: PROGRAM,
    setDockMenu: (entries) => docks.push(entries),
    setTasks: (tasks) => jumpLists.push(tasks),
  });
  const show = (silence: 'until-turned-off' | null = null, voice = ENGLISH): void => {
    const glance = { ...QUIET, silent: silence !== null };
    menu.show({ silence, glance }, voice.say, voice.language);
  };
  return { docks, jumpLists, show };
}

describe('do not disturb at the icon of the app', () => {
  test('is in the dock of macOS, and can be turned off there while it is on', () => {
    const { docks, jumpLists, show } = menuOn('darwin');
    show();
    show();
    show('until-turned-off');
    expect(docks.map(labels)).toEqual([
      ['For 30 minutes', 'For 1 hour', 'Until tomorrow', 'Until turned off'],
      ['For 30 minutes', 'For 1 hour', 'Until tomorrow', 'Until turned off', 'Turn off'],
    ]);
    expect(jumpLists).toEqual([]);
  });

  test('is in the jump list of Windows, which asks for it by a command line', () => {
    const { docks, jumpLists, show } = menuOn('win32');
    show();
    show('until-turned-off');
    expect(jumpLists).toHaveLength(1);
    const tasks = jumpLists.flat();
    expect(tasks.map(({ title }) => title)).toEqual([
      'Do Not Disturb · For 30 minutes',
      'Do Not Disturb · For 1 hour',
      'Do Not Disturb · Until tomorrow',
      'Do Not Disturb · Until turned off',
      'Do Not Disturb · Turn off',
    ]);
    const asked = tasks.map((task) => readArguments([PROGRAM, ...task.arguments.split(' ')]));
    expect(asked.map(({ silence }) => silence)).toEqual([
      '30-minutes',
      '1-hour',
      'tomorrow',
      'until-turned-off',
      'off',
    ]);
    expect(asked.every(({ hidden }) => hidden)).toBe(true);
    expect(tasks.every(({ program }) => program === PROGRAM)).toBe(true);
    expect(docks).toEqual([]);
  });

  test('speaks another language as soon as the person does', async () => {
    const { jumpLists, show } = menuOn('win32');
    show();
    const say = desktopWords('de', await desktopMessages('de'));
    show(null, { ...ENGLISH, say, language: 'de' });
    expect(jumpLists).toHaveLength(2);
    expect(jumpLists[1]?.[0]?.title).toMatch(/^Nicht stören · /);
  });

  test('is left to the tray on Linux', () => {
    const { docks, jumpLists, show } = menuOn('linux');
    show();
    expect([...docks, ...jumpLists]).toEqual([]);
  });
});

/** The choices in the one submenu. */
function labels([first]: readonly MenuEntry[]): readonly string[] {
  if (first?.kind !== 'submenu') return [];
  return first.entries.flatMap((entry) => (entry.kind === 'action' ? [entry.label] : []));
}
