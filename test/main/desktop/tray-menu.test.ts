import { describe, expect, test } from 'vitest';
import type { Glance } from '../../../src/core/glance';
import type { SessionView } from '../../../src/shared/state';
import { trayMenu, type MenuEntry, type MenuScene } from '../../../src/main/desktop/tray-menu';
import { aView, ENGLISH } from '../builders';

const QUIET: Glance = { kind: 'idle', silent: false, active: 0, missed: 0 };
const AT = new Date(2026, 2, 3, 14, 30).getTime();

describe('the menu of the tray', () => {
  test('without calls says so, and offers what there is to do', () => {
    expect(lines(menuOf())).toEqual([
      'Open Ringside',
      '-',
      '(No calls right now)',
      '-',
      '(No missed calls)',
      'Do Not Disturb ▸',
      '-',
      'Refresh',
      'Settings',
      '-',
      'Quit Ringside',
    ]);
  });

  test('lists the sessions in the server’s order: who, for whom, what they are doing', () => {
    const views = [
      aView({ id: '9', fromName: 'Grace Hopper' }),
      aView({ id: '1', fromName: 'Ada Byron', callState: 'Hold', customerName: 'Harbor Legal' }),
      aView({ id: '5', fromName: null, customerName: null, customerBreadcrumb: null }),
    ];
    expect(lines(menuOf({ views })).slice(2, 5)).toEqual([
      'Grace Hopper for Bright Dental · ringing',
      'Ada Byron for Harbor Legal · on hold',
      '+1 202-555-0147 · ringing',
    ]);
  });

  test('leads to the session that was clicked', () => {
    const menu = menuOf({ views: [aView({ id: 'S-9' })] });
    expect(menu[2]).toMatchObject({
      action: { kind: 'go', destination: { view: 'session', id: 'S-9' } },
    });
  });

  test('cuts a long name, and keeps what the call is doing', () => {
    const [, , entry] = lines(menuOf({ views: [aView({ fromName: 'G'.repeat(300) })] }));
    expect(entry).toMatch(/^G{50,60}… · ringing$/);
  });

  test('lists a dozen and counts the rest', () => {
    const views = Array.from({ length: 40 }, (_, at) => aView({ id: `S-${at}` }));
    const listed = lines(menuOf({ views })).slice(2, 15);
    expect(listed.filter((line) => line.startsWith('Grace Hopper'))).toHaveLength(12);
    expect(listed.at(-1)).toBe('28 more');
  });

  test('counts the rest also where it was given no more than it lists', () => {
    const views = Array.from({ length: 13 }, (_, at) => aView({ id: `S-${at}` }));
    const order = Array.from({ length: 40 }, (_, at) => `S-${at}`);
    expect(lines(menuOf({ views, order })).at(14)).toBe('28 more');
  });

  test('knows no session by a name that every object has', () => {
    const order = ['constructor', '__proto__', 'toString'];
    expect(lines(menuOf({ order })).join()).not.toContain('undefined');
  });

  test.each([
    [1, '1 missed call'],
    [12, '12 missed calls'],
  ])('leads to %i missed calls', (missed, label) => {
    const menu = menuOf({ glance: { ...QUIET, kind: 'missed', missed } });
    expect(menu).toContainEqual({
      kind: 'action',
      label,
      action: { kind: 'go', destination: { view: 'missed' } },
    });
  });
});

describe('do not disturb', () => {
  test('can be chosen, and not turned off while it is off', () => {
    expect(silenceOf(menuOf())).toEqual([
      'For 30 minutes',
      'For 1 hour',
      'Until tomorrow',
      'Until turned off',
    ]);
  });

  test('that is on says until when, and can be turned off', () => {
    const menu = menuOf({ silence: AT, glance: { ...QUIET, silent: true } });
    expect(lines(menu)).toContain('Do Not Disturb until 2:30 PM ▸');
    expect(silenceOf(menu).slice(-2)).toEqual(['-', 'Turn off']);
  });

  test('until turned off says no time', () => {
    const menu = menuOf({ silence: 'until-turned-off', glance: { ...QUIET, silent: true } });
    expect(lines(menu)).toContain('Do Not Disturb ▸');
    expect(silenceOf(menu)).toContain('Turn off');
  });

  test('that is over says no time either', () => {
    expect(lines(menuOf({ silence: AT }))).toContain('Do Not Disturb ▸');
  });
});

interface Scene extends Partial<MenuScene> {
  readonly views?: readonly SessionView[];
}

function menuOf({ views = [], ...scene }: Scene = {}): readonly MenuEntry[] {
  const sessions = Object.fromEntries(views.map((view) => [view.id, view]));
  const order = views.map(({ id }) => id);
  const whole = { sessions, order, silence: null, glance: QUIET, ...scene };
  return trayMenu(whole, ENGLISH.say, ENGLISH.language);
}

function lines(menu: readonly MenuEntry[]): string[] {
  return menu.map((entry) => {
    switch (entry.kind) {
      case 'separator':
        return '-';
      case 'label':
        return `(${entry.label})`;
      case 'submenu':
        return `${entry.label.replace('\u202f', ' ')} ▸`;
      case 'action':
        return entry.label;
    }
  });
}

function silenceOf(menu: readonly MenuEntry[]): string[] {
  return menu.flatMap((entry) => (entry.kind === 'submenu' ? lines(entry.entries) : []));
}
