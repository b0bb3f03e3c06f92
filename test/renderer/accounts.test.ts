import { within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { AccountView, ConnectionStatus } from '../../src/shared/state';
import { createLogView, createAccount, createAppState, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const MAYA = createAccount({ key: '0123456789abcdef', userName: 'maya', name: 'Maya Kent' });
const PRIYA = createAccount({
  key: 'fedcba9876543210',
  userName: 'priya',
  name: 'Priya Rao',
  color: 2,
});
const EXPIRED: ConnectionStatus = { kind: 'signed-out', error: { kind: 'expired' } };
const OFFLINE: ConnectionStatus = {
  kind: 'offline',
  lastResponseAt: null,
  since: 0,
  retryAt: 0,
  error: { kind: 'timeout', code: 'ETIMEDOUT' },
};

const getSessionKey = (account: AccountView, id = 'S-1'): string => `${account.key}/${id}`;

function withAccounts(
  accounts: readonly AccountView[],
  state: Parameters<typeof createAppState>[0] = {},
) {
  return new FakeBridge(createAppState({ ...state, accounts }));
}

async function openSettings(bridge: FakeBridge) {
  // Loads the lazy page up front because it can take longer than the queries wait.
  await import('../../src/renderer/features/settings/SettingsPage.svelte');
  const opened = await renderApp(bridge);
  bridge.emit('window:navigate', { view: 'settings' });
  await opened.page.findByRole('heading', { level: 1, name: 'Settings' });
  return opened;
}

const getGroup = (page: Awaited<ReturnType<typeof renderApp>>['page'], name: string) =>
  within(page.getByRole('group', { name }));

describe('account settings', () => {
  it('shows the name and the status of each account', async () => {
    const { page } = await openSettings(
      withAccounts([MAYA, { ...PRIYA, connection: EXPIRED }], { connection: EXPIRED }),
    );
    expect(getGroup(page, 'maya').getByText('Maya Kent')).toBeInTheDocument();
    expect(getGroup(page, 'maya').getByText('Live')).toBeInTheDocument();
    expect(getGroup(page, 'priya').getByText('Sign-in needed')).toBeInTheDocument();
  });

  it.each([
    [{ isHistoryRefused: true }, 'Call history isn’t available for this account.'],
    [{ areContactsRefused: true }, 'Contacts aren’t available for this account.'],
    [{ areChatsRefused: true }, 'Chat messages aren’t available for this account.'],
  ])('reports which account has %s', async (refused, text) => {
    const { page } = await openSettings(withAccounts([MAYA, { ...PRIYA, ...refused }]));
    expect(getGroup(page, 'priya').getByText(text)).toBeInTheDocument();
    expect(getGroup(page, 'maya').queryByText(text)).toBeNull();
  });

  it('pauses, resumes, and signs out single accounts', async () => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection: { kind: 'paused' } }]);
    const { page, user } = await openSettings(bridge);
    await user.click(getGroup(page, 'maya').getByRole('button', { name: 'Pause' }));
    expect(bridge.requestsFor('account:pause')).toEqual([MAYA.key]);
    await user.click(getGroup(page, 'priya').getByRole('button', { name: 'Resume' }));
    expect(bridge.requestsFor('account:resume')).toEqual([PRIYA.key]);
    await user.click(getGroup(page, 'priya').getByRole('button', { name: 'Sign out' }));
    const dialog = within(page.getByRole('alertdialog', { name: 'Sign out of priya?' }));
    await user.click(dialog.getByRole('checkbox', { name: 'Also delete its calls' }));
    await user.click(dialog.getByRole('button', { name: 'Sign out' }));
    expect(bridge.requestsFor('account:remove')).toEqual([
      { account: PRIYA.key, shouldDeleteCalls: true },
    ]);
    expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeInTheDocument();
  });

  it('returns to the settings after an account was added', async () => {
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
        storeWithoutKeyring: false,
        replaces: undefined,
      },
    ]);
    await page.findByRole('heading', { level: 1, name: 'Settings' });
  });

  it('returns to the settings when adding an account is canceled after an error', async () => {
    const refused = { kind: 'wrong-credentials', message: undefined } as const;
    const bridge = new FakeBridge(createAppState({ accounts: [MAYA] }), {
      'account:sign-in': () => ({ ok: false, error: refused }),
    });
    const { page, user } = await openSettings(bridge);
    await user.click(page.getByRole('button', { name: 'Add account' }));
    await user.type(page.getByLabelText('Username'), 'priya');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    expect(page.getByRole('alert')).toHaveTextContent(/Incorrect username or password/);
    await user.click(page.getByRole('button', { name: 'Back' }));
    await page.findByRole('heading', { level: 1, name: 'Settings' });
  });

  it('fills in everything but the password when signing in again', async () => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection: EXPIRED }], { connection: EXPIRED });
    const { page, user } = await openSettings(bridge);
    await user.click(getGroup(page, 'priya').getByRole('button', { name: 'Sign in again' }));
    expect(page.getByLabelText('Username')).toHaveValue('priya');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    expect(bridge.requestsFor('account:sign-in')).toMatchObject([{ replaces: PRIYA.key }]);
  });

  it('offers no other account on a managed desktop', async () => {
    const { page } = await openSettings(withAccounts([{ ...MAYA, isManaged: true }]));
    expect(page.queryByRole('button', { name: 'Add account' })).toBeNull();
  });
});

describe('calls of several accounts', () => {
  const both = [
    createSessionView({ id: getSessionKey(MAYA) }),
    createSessionView({ id: getSessionKey(PRIYA), name: 'Ada Byron' }),
  ];

  it('labels each call with its account', async () => {
    const { page } = await renderApp(withAccounts([MAYA, PRIYA], { sessions: both }));
    expect(page.getByRole('button', { name: /^maya ?Grace Hopper/ })).toBeInTheDocument();
    expect(page.getByRole('button', { name: /^priya ?Ada Byron/ })).toBeInTheDocument();
  });

  it('shows no account label with a single account', async () => {
    const { page } = await renderApp(withAccounts([MAYA], { sessions: both.slice(0, 1) }));
    expect(page.getByRole('button', { name: /^Grace Hopper/ })).toBeInTheDocument();
    expect(page.queryByText('maya')).toBeNull();
  });

  it('labels log entries of removed accounts', async () => {
    const entries = [
      createLogView({ id: getSessionKey(PRIYA), accountLabel: 'priya' }),
      createLogView({ id: 'ffffffffffffffff/S-1', accountLabel: 'leon' }),
    ];
    const bridge = new FakeBridge(createAppState({ accounts: [MAYA, PRIYA] }), {
      'log:query': () => ({ entries, total: 2 }),
    });
    const { page, user } = await renderApp(bridge);
    await user.click(page.getByRole('tab', { name: /^Recent/ }));
    await page.findByRole('button', { name: /^priya ?Grace Hopper/ });
    expect(page.getByRole('button', { name: /^leon ?Grace Hopper/ })).toBeInTheDocument();
  });

  it('opens a session by its id without an account', async () => {
    const bridge = withAccounts([MAYA, PRIYA], { sessions: both });
    const { page } = await renderApp(bridge);
    bridge.emit('window:navigate', { view: 'session', id: 'S-1' });
    await page.findByRole('heading', { level: 1, name: 'Grace Hopper' });
  });

  it.each<[string, ConnectionStatus, RegExp, string]>([
    ['cannot be reached', OFFLINE, /^priya · .*took too long to respond/, 'Try now'],
    [
      'lacks the role',
      { kind: 'forbidden', role: 'User', retryAt: 0 },
      /^priya · .*“User” role/,
      'Check again',
    ],
  ])('stay visible while another account %s', async (_, connection, words, button) => {
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

  it('offers to sign in again while the calls of other accounts stay visible', async () => {
    const bridge = withAccounts([MAYA, { ...PRIYA, connection: EXPIRED }], {
      connection: EXPIRED,
      sessions: both.slice(0, 1),
    });
    const { page, user } = await renderApp(bridge);
    expect(page.getByRole('button', { name: /Grace Hopper/ })).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Sign in again' }));
    expect(page.getByLabelText('Username')).toHaveValue('priya');
  });

  it('says in the bar how many accounts are paused while others are live', async () => {
    const { page } = await renderApp(
      withAccounts([MAYA, { ...PRIYA, connection: { kind: 'paused' } }]),
    );
    expect(page.getByText('Live · 1 paused')).toBeVisible();
  });

  it('shows no empty state while all accounts are paused', async () => {
    const paused: ConnectionStatus = { kind: 'paused' };
    const bridge = withAccounts([{ ...MAYA, connection: paused }], { connection: paused });
    const { page, user } = await renderApp(bridge);
    expect(page.queryByText('No calls right now')).toBeNull();
    await user.click(page.getByRole('button', { name: 'Resume' }));
    expect(bridge.requestsFor('account:resume')).toEqual([MAYA.key]);
  });
});
