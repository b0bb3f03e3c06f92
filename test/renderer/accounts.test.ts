import { within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Account, Connection } from '../../src/shared/state';
import { createLogView, createAccount, createAppState, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const MAYA = createAccount({ key: '0123456789abcdef', userName: 'maya', name: 'Maya Kent' });
const PRIYA = createAccount({
  key: 'fedcba9876543210',
  userName: 'priya',
  name: 'Priya Rao',
  colour: 2,
});
const EXPIRED: Connection = { kind: 'signed-out', refused: { kind: 'expired' } };
const OFFLINE: Connection = {
  kind: 'offline',
  answeredAt: null,
  since: 0,
  retryAt: 0,
  fault: { kind: 'timeout', code: 'ETIMEDOUT' },
};

const of = (account: Account, id = 'S-1'): string => `${account.key}/${id}`;

function withAccounts(
  accounts: readonly Account[],
  state: Parameters<typeof createAppState>[0] = {},
) {
  return new FakeBridge(createAppState({ ...state, accounts }));
}

async function openSettings(bridge: FakeBridge) {
  // The window loads it when it is wanted: here that may take longer than anybody waits for it.
  await import('../../src/renderer/features/settings/SettingsPage.svelte');
  const opened = await renderApp(bridge);
  bridge.emit('window:go', { view: 'settings' });
  await opened.page.findByRole('heading', { level: 1, name: 'Settings' });
  return opened;
}

const group = (page: Awaited<ReturnType<typeof renderApp>>['page'], name: string) =>
  within(page.getByRole('group', { name }));

describe('the accounts in the settings', () => {
  it('each tell who it is, where, and how that goes', async () => {
    const { page } = await openSettings(
      withAccounts([MAYA, { ...PRIYA, connection: EXPIRED }], { connection: EXPIRED }),
    );
    expect(group(page, 'maya').getByText('Maya Kent')).toBeInTheDocument();
    expect(group(page, 'maya').getByText('Live')).toBeInTheDocument();
    expect(group(page, 'priya').getByText('Sign-in needed')).toBeInTheDocument();
  });

  it('are paused, resumed and signed out one by one', async () => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection: { kind: 'paused' } }]);
    const { page, user } = await openSettings(bridge);
    await user.click(group(page, 'maya').getByRole('button', { name: 'Pause' }));
    expect(bridge.requestsFor('account:pause')).toEqual([MAYA.key]);
    await user.click(group(page, 'priya').getByRole('button', { name: 'Resume' }));
    expect(bridge.requestsFor('account:resume')).toEqual([PRIYA.key]);
    await user.click(group(page, 'priya').getByRole('button', { name: 'Sign out' }));
    const dialog = within(page.getByRole('alertdialog', { name: 'Sign out priya?' }));
    await user.click(dialog.getByRole('checkbox', { name: 'Also delete its calls' }));
    await user.click(dialog.getByRole('button', { name: 'Sign out' }));
    expect(bridge.requestsFor('account:remove')).toEqual([
      { account: PRIYA.key, forgetCalls: true },
    ]);
    expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeInTheDocument();
  });

  it('are added by a sign-in that leads back to the settings', async () => {
    const bridge = withAccounts([MAYA]);
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Add account' }));
    expect(page.getByRole('heading', { level: 1, name: 'Add account' })).toBeInTheDocument();
    await user.type(page.getByLabelText('Username'), 'priya');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    expect(bridge.requestsFor('account:sign-in')).toEqual([
      {
        server: 'evovoice.io',
        userName: 'priya',
        password: 'secret',
        withoutKeyring: false,
        instead: undefined,
      },
    ]);
    await page.findByRole('heading', { level: 1, name: 'Settings' });
  });

  it('are not added where the person changes their mind, or the server does not agree', async () => {
    const refused = { kind: 'wrong-credentials', message: undefined } as const;
    const bridge = new FakeBridge(createAppState({ accounts: [MAYA] }), {
      'account:sign-in': () => ({ ok: false, refused }),
    });
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Add account' }));
    await user.type(page.getByLabelText('Username'), 'priya');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    expect(page.getByRole('alert')).toHaveTextContent(/Incorrect username or password/);
    await user.click(page.getByRole('button', { name: 'Back' }));
    await page.findByRole('heading', { level: 1, name: 'Settings' });
  });

  it('sign in again with all but the password filled in', async () => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection: EXPIRED }], { connection: EXPIRED });
    const { page, user } = await openSettings(bridge);
    await user.click(group(page, 'priya').getByRole('button', { name: 'Sign in again' }));
    expect(page.getByLabelText('Username')).toHaveValue('priya');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    expect(bridge.requestsFor('account:sign-in')).toMatchObject([{ instead: PRIYA.key }]);
  });

  it('cannot be added beside one that an administrator set', async () => {
    const { page } = await openSettings(withAccounts([{ ...MAYA, managed: true }]));
    expect(page.queryByRole('button', { name: 'Add account' })).toBeNull();
  });
});

describe('the calls of several accounts', () => {
  const both = [
    createSessionView({ id: of(MAYA) }),
    createSessionView({ id: of(PRIYA), name: 'Ada Byron' }),
  ];

  it('each say whose they are', async () => {
    const { page } = await renderApp(withAccounts([MAYA, PRIYA], { sessions: both }));
    expect(page.getByRole('button', { name: /^maya ?Grace Hopper/ })).toBeInTheDocument();
    expect(page.getByRole('button', { name: /^priya ?Ada Byron/ })).toBeInTheDocument();
  });

  it('say nothing of it where there is but one', async () => {
    const { page } = await renderApp(withAccounts([MAYA], { sessions: both.slice(0, 1) }));
    expect(page.getByRole('button', { name: /^Grace Hopper/ })).toBeInTheDocument();
    expect(page.queryByText('maya')).toBeNull();
  });

  it('say whose they were in the log, also of an account that is gone', async () => {
    const facts = createLogView().facts;
    const entries = [
      createLogView({ facts: { ...facts, id: of(PRIYA) }, account: 'priya' }),
      createLogView({ facts: { ...facts, id: 'ffffffffffffffff/S-1' }, account: 'leon' }),
    ];
    const bridge = new FakeBridge(createAppState({ accounts: [MAYA, PRIYA] }), {
      'log:query': () => ({ entries, total: 2, unseen: 0 }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: /^Recent/ }));
    await page.findByRole('button', { name: /^priya ?Grace Hopper/ });
    expect(page.getByRole('button', { name: /^leon ?Grace Hopper/ })).toBeInTheDocument();
  });

  it('are found by the id alone, as a link has it', async () => {
    const bridge = withAccounts([MAYA, PRIYA], { sessions: both });
    const { page } = await renderApp(bridge);
    bridge.emit('window:go', { view: 'session', id: 'S-1' });
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
  });

  it.each<[string, Connection, RegExp, string]>([
    ['cannot be reached', OFFLINE, /^priya · .*took too long to respond/, 'Try now'],
    [
      'lacks the role',
      { kind: 'forbidden', role: 'User', retryAt: 0 },
      /^priya · .*“User” role/,
      'Check again',
    ],
  ])('stay while another one %s', async (_, connection, words, button) => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection }], {
      connection,
      sessions: both.slice(0, 1),
    });
    const { page, user } = await renderApp(bridge);
    const banner = page.getByRole('region', { name: 'Connection' });
    expect(banner.textContent.trim().replaceAll(/\s+/g, ' ')).toMatch(words);
    expect(page.getByRole('button', { name: /Grace Hopper/ })).toBeInTheDocument();
    await user.click(within(banner).getByRole('button', { name: button }));
    expect(bridge.requestsFor('poll:now')).toHaveLength(1);
  });

  it('stay while another one must sign in, and the way there is near', async () => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection: EXPIRED }], {
      connection: EXPIRED,
      sessions: both.slice(0, 1),
    });
    const { page, user } = await renderApp(bridge);
    expect(page.getByRole('button', { name: /Grace Hopper/ })).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Sign in again' }));
    expect(page.getByLabelText('Username')).toHaveValue('priya');
  });

  it('are not said to be none while everything is paused', async () => {
    const paused: Connection = { kind: 'paused' };
    const bridge = withAccounts([{ ...MAYA, connection: paused }], { connection: paused });
    const { page, user } = await renderApp(bridge);
    expect(page.queryByText('No calls right now')).toBeNull();
    await user.click(page.getByRole('button', { name: 'Resume' }));
    expect(bridge.requestsFor('account:resume')).toEqual([MAYA.key]);
  });
});
