import { describe, expect, test } from 'vitest';
import type { Account, AppState, SessionView } from '../../src/shared/state';
import { appStateOf, type StateSources } from '../../src/main/app-state';
import { patchBetween } from '../../src/shared/patch';
import { aView } from './builders';
import { QUIET_STATE } from '../shared/states';

describe('the state for the window', () => {
  test('holds the sessions by id, in the server’s order', () => {
    const views = [aView({ id: '9' }), aView({ id: '1' })];
    const state = appStateOf(sources({ views }), undefined);
    expect(state.order).toEqual(['9', '1']);
    expect(state.sessions).toEqual({ '9': views[0], '1': views[1] });
  });

  test('counts what the last answer had that could not be used', () => {
    expect(appStateOf(sources({ setAside: 3 }), undefined).setAside).toBe(3);
    expect(appStateOf(sources(), undefined).setAside).toBe(0);
  });

  test('has a session under a name that every object has', () => {
    const state = appStateOf(sources({ views: [aView({ id: '__proto__' })] }), undefined);
    expect(Object.keys(state.sessions)).toEqual(['__proto__']);
  });

  test('that says the same again is made of the same parts, so that nothing is sent', () => {
    const views = [aView({ id: '1' })];
    const before = appStateOf(sources({ views }), undefined);
    const copied = structuredClone({ ...QUIET_STATE, accounts: [someAccount()] });
    const after = appStateOf(sources({ views, ...copied, notices: before.notices }), before);
    for (const [part, value] of Object.entries(after)) {
      if (part !== 'sessions') expect(value, part).toBe(before[part as keyof AppState]);
    }
    expect(patchBetween(before, after)).toBeUndefined();
  });

  test.each<[keyof AppState, Partial<Sources>]>([
    ['connection', { connection: { kind: 'starting' } }],
    ['accounts', { accounts: [{ ...someAccount(), name: 'Maya Kent' }] }],
    ['glance', { glance: { kind: 'idle', silent: true, active: 0, missed: 0 } }],
    ['settings', { settings: { ...QUIET_STATE.settings, pollSeconds: 9 } }],
    ['managed', { managed: ['theme'] }],
    ['silence', { silence: 'until-turned-off' }],
    ['logRevision', { logRevision: 1 }],
    ['today', { today: { ...QUIET_STATE.today, missed: 1 } }],
    ['notices', { notices: [{ kind: 'no-tray', desktop: 'other' }] }],
    ['platform', { platform: { ...QUIET_STATE.platform, tray: false } }],
    ['setAside', { setAside: 1 }],
    ['update', { update: { kind: 'checking', putOff: null } }],
  ])('whose %s changed differs in that and nothing else', (part, change) => {
    const before = appStateOf(sources(), undefined);
    const patch = patchBetween(before, appStateOf(sources(change), before));
    expect(Object.keys(patch?.parts ?? {})).toEqual([part]);
  });
});

interface Sources extends Omit<AppState, 'sessions' | 'order'> {
  readonly views: readonly SessionView[];
}

function someAccount(): Account {
  return {
    key: '0123456789abcdef',
    label: 'maya',
    colour: 1,
    connection: { kind: 'live', answeredAt: 1 },
    server: 'https://evovoice.io',
    userName: 'maya',
    name: undefined,
    roles: [],
    managed: false,
  };
}

function sources(changes: Partial<Sources> = {}): StateSources {
  const { views = [], ...rest } = changes;
  const state = { ...QUIET_STATE, accounts: [someAccount()], ...rest };
  const { connection, accounts, glance, settings, managed, silence, setAside } = state;
  const { today, logRevision, notices, platform, update } = state;
  const companion: StateSources['companion'] = {
    connection,
    accounts,
    glance,
    settings,
    managed,
    silence,
    order: views.map(({ id }) => id),
    setAside,
    view: (wanted) => views.find(({ id }) => id === wanted),
  };
  return { companion, today, logRevision, notices, platform, update };
}
