import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TrayStatus } from '../../../src/core/tray-status';
import type { Language } from '../../../src/core/settings/settings';
import {
  getTrayMenu,
  sortByUrgency,
  type MenuActions,
  type TrayMenuInput,
} from '../../../src/main/tray/tray-menu';
import type { SessionView } from '../../../src/shared/state';
import { createView, ENGLISH, loadI18n } from '../builders';

const IDLE: TrayStatus = { kind: 'idle', isDoNotDisturb: false, activeCount: 0, missedCount: 0 };
const HALF_PAST_TWO = new Date(2026, 2, 3, 14, 30).getTime();

let calls: unknown[];

const actions: MenuActions = {
  open: (destination) => calls.push(destination),
  callBack: (session) => calls.push(`call back ${session}`),
  setDoNotDisturb: (choice) => calls.push(choice),
  refresh: () => calls.push('refresh'),
  quit: () => calls.push('quit'),
};

beforeEach(() => {
  calls = [];
});

describe('the tray menu', () => {
  test('shows that there are no calls and the other commands', () => {
    expect(getLines(getMenu())).toEqual([
      'Open Ringside',
      '-',
      '(No calls right now)',
      '-',
      '(No one to call back)',
      'Do Not Disturb ▸',
      '-',
      'Refresh',
      'Settings',
      '-',
      'Quit Ringside',
    ]);
  });

  test('lists the sessions in order with the caller, the customer, and the phase', () => {
    const sessions = [
      createView({ id: '9', fromName: 'Grace Hopper' }),
      createView({
        id: '1',
        fromName: 'Ada Byron',
        callState: 'Hold',
        customerName: 'Harbor Legal',
      }),
      createView({ id: '5', fromName: null, customerName: null, customerBreadcrumb: null }),
    ];
    expect(getLines(getMenu({ sessions })).slice(2, 5)).toEqual([
      'Grace Hopper for Bright Dental · ringing',
      'Ada Byron for Harbor Legal · on hold',
      '+1 202-555-0147 · ringing',
    ]);
  });

  test('says that a name comes from the contacts', () => {
    const named = { ...createView({ fromName: 'Grace Hopper' }), isNameFromContacts: true };
    const long = { ...named, name: 'G'.repeat(300) };
    const sessions = [named, { ...named, customer: undefined }, long];
    expect(getLines(getMenu({ sessions })).at(4)).toMatch(
      /^G{29}… \(contact\) for Bright Dental · ringing$/,
    );
    expect(getLines(getMenu({ sessions })).slice(2, 4)).toEqual([
      'Grace Hopper (contact) for Bright Dental · ringing',
      'Grace Hopper (contact) · ringing',
    ]);
  });

  test('shows ampersands in a name, and the phase after a long one', () => {
    const sessions = [
      createView({ fromName: 'Smith & Sons', customerName: null, customerBreadcrumb: null }),
      createView({ fromName: 'G'.repeat(300) }),
    ];
    const [first, second] = getLines(getMenu({ sessions })).slice(2);
    expect(first).toBe('Smith && Sons · ringing');
    expect(second).toMatch(/^G{20,30}… for Bright Dental · ringing$/);
  });

  test('counts the sessions that are not listed', () => {
    const sessions = Array.from({ length: 12 }, (_, index) => createView({ id: `S-${index}` }));
    expect(getLines(getMenu({ sessions, sessionCount: 40 })).at(14)).toBe('28 more');
    expect(getLines(getMenu({ sessions })).at(14)).toBe('-');
  });

  test.each([
    ['Grace Hopper for Bright Dental · ringing', { view: 'session', id: 'S-9' }],
    ['2 to call back', { view: 'missed' }],
    ['1 more', { view: 'calls' }],
    ['Open Ringside', { view: 'calls' }],
    ['Settings', { view: 'settings' }],
    ['Until turned off', 'until-turned-off'],
    ['Turn off', 'off'],
    ['Refresh', 'refresh'],
    ['Quit Ringside', 'quit'],
  ])('reacts to a click on %s', (label, expected) => {
    const menu = getMenu({
      sessions: [createView({ id: 'S-9' })],
      sessionCount: 2,
      doNotDisturb: { until: null, isScheduled: false },
      trayStatus: { ...IDLE, kind: 'missed', missedCount: 2 },
    });
    click([...menu, ...getChoices(menu)], label);
    expect(calls).toEqual([expected]);
  });

  test('calls back', () => {
    const isNameFromContacts = undefined;
    const menu = getMenu({
      callers: [
        { id: '1', name: 'Smith & Sons', isNameFromContacts },
        { id: '2', name: '+1 202-555-0147', isNameFromContacts },
        { id: '3', name: 'Couriers', isNameFromContacts: true },
      ],
      trayStatus: { ...IDLE, kind: 'missed', missedCount: 5 },
    });
    const lines = getLines(menu);
    const first = lines.indexOf('5 to call back');
    expect(lines.slice(first + 1, first + 5)).toEqual([
      'Call back Smith && Sons',
      'Call back +1 202-555-0147',
      'Call back Couriers (contact)',
      'Do Not Disturb ▸',
    ]);
    click(menu, 'Call back Smith && Sons');
    expect(calls).toEqual(['call back 1']);
  });

  test('says how old the calls are while offline', () => {
    const connection = {
      kind: 'offline',
      lastResponseAt: HALF_PAST_TWO,
      since: HALF_PAST_TWO,
      retryAt: HALF_PAST_TWO,
      error: { kind: 'timeout', code: 'ETIMEDOUT' },
    } as const;
    const sessions = [createView({ fromName: 'Grace Hopper' })];
    expect(getLines(getMenu({ sessions, connection })).slice(2, 4)).toEqual([
      '(Offline: calls as of 2:30 PM)',
      'Grace Hopper for Bright Dental · ringing',
    ]);
  });

  test('differs for two sessions with the same label', () => {
    const [one, other] = ['1', '2'].map((id) => getMenu({ sessions: [createView({ id })] }));
    expect(JSON.stringify(one)).not.toBe(JSON.stringify(other));
  });

  test.each<[Language, string]>([
    ['ja', '山田　太郎（Bright Dental宛て） · 着信中'],
    ['pt-BR', '山田　太郎 para Bright Dental · tocando'],
    ['nl', '山田　太郎 voor Bright Dental · gaat over'],
  ])('shows a session in %s', async (language, label) => {
    const sessions = [createView({ fromName: '山田　太郎' })];
    expect(getLines(getMenu({ sessions }, await loadI18n(language)))[2]).toBe(label);
  });

  test('isolates a right-to-left name even if it is shortened', () => {
    const sessions = [
      createView({ fromName: 'غريس هوبر' }),
      createView({ fromName: 'غريس '.repeat(60) }),
    ];
    const [first, second] = getLines(getMenu({ sessions })).slice(2);
    expect(first).toBe('\u2068غريس هوبر\u2069 for Bright Dental · ringing');
    expect(second).toMatch(/^\u2068[غريس ]+…\u2069 for Bright Dental · ringing$/);
  });
});

test('sorts ringing calls first, then waiting ones, the user’s own, the team’s, and nuisances', () => {
  const create = (id: string, fields: Partial<SessionView>): SessionView => ({
    ...createView({ id }),
    phase: 'connected',
    isOwn: false,
    ...fields,
  });
  const sorted = sortByUrgency([
    create('team', {}),
    create('over', { phase: 'ended' }),
    create('own', { isOwn: true }),
    create('queued', { phase: 'queued' }),
    create('nuisance', {
      phase: 'ringing',
      notes: { number: '', customer: '', priority: 'nuisance' },
    }),
    create('ringing', { phase: 'ringing' }),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual(['ringing', 'queued', 'own', 'team', 'nuisance']);
});

describe('the Do Not Disturb menu', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: HALF_PAST_TWO - 10 * 60_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('names the day of an end that is more than a day away', () => {
    const until = HALF_PAST_TWO + 24 * 3_600_000;
    const menu = getMenu({ doNotDisturb: { until, isScheduled: false } });
    expect(getLines(menu)).toContain('Do Not Disturb until Wednesday, 2:30 PM ▸');
  });

  test('offers the choices with their ends and no way to turn it off while it is off', () => {
    expect(getLines(getChoices(getMenu()))).toEqual([
      'For 30 minutes (until 2:50 PM)',
      'For 1 hour (until 3:20 PM)',
      'Until tomorrow, 6:00 AM',
      'Until turned off',
    ]);
  });

  test('shows the time of the next morning after midnight', () => {
    vi.setSystemTime(new Date(HALF_PAST_TWO).setHours(0, 30));
    expect(getLines(getChoices(getMenu()))).toContain('Until 6:00 AM');
  });

  test('turns off the schedule for today', () => {
    const menu = getMenu({ doNotDisturb: { until: HALF_PAST_TWO, isScheduled: true } });
    click(getChoices(menu), 'Turn off for today');
    expect(calls).toEqual(['off']);
  });

  test('shows when it ends, and can be turned off', () => {
    const menu = getMenu({ doNotDisturb: { until: HALF_PAST_TWO, isScheduled: false } });
    expect(getLines(menu)).toContain('Do Not Disturb until 2:30 PM ▸');
    expect(getLines(getChoices(menu)).slice(0, 2)).toEqual(['Turn off', '-']);
  });

  test('shows no time while it is on until turned off', () => {
    const menu = getMenu({ doNotDisturb: { until: null, isScheduled: false } });
    expect(getLines(menu)).toContain('Do Not Disturb is on ▸');
    expect(getLines(getChoices(menu))).toContain('Turn off');
  });
});

function getMenu(input: Partial<TrayMenuInput> = {}, i18n = ENGLISH): MenuItemConstructorOptions[] {
  const sessions = input.sessions ?? [];
  const defaults = {
    sessionCount: sessions.length,
    callers: [],
    connection: { kind: 'live', lastResponseAt: 0 } as const,
    doNotDisturb: null,
    trayStatus: IDLE,
  };
  return getTrayMenu({ ...defaults, ...input, sessions }, i18n, actions);
}

function getChoices(menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
}

function getLines(menu: readonly MenuItemConstructorOptions[]): string[] {
  return menu.map(({ type, label: text = '', enabled, submenu }) => {
    const label = text.replaceAll('\u202f', ' ');
    if (type === 'separator') return '-';
    if (enabled === false) return `(${label})`;
    return submenu ? `${label} ▸` : label;
  });
}

function click(menu: readonly MenuItemConstructorOptions[], label: string): void {
  const item = menu.find((candidate) => candidate.label === label);
  item?.click?.(undefined as never, undefined, undefined as never);
}
