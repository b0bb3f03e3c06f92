import { waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { SignInFailure } from '../../src/shared/state';
import { createAccount, createAppState, createSessionView } from './builders';
import { FakeBridge } from './fake-bridge';
import { renderApp } from './render-app';

const createSignedOut = (error: SignInFailure | null = null) =>
  createAppState({ accounts: [], connection: { kind: 'signed-out', error } });

describe('sign-in', () => {
  it('sends server, username, and password', async () => {
    const bridge = new FakeBridge(createSignedOut());
    const { page, user } = await renderApp(bridge);
    expect(page.getByLabelText('Username')).toHaveFocus();
    await user.click(page.getByRole('button', { name: 'Change server' }));
    await user.clear(page.getByLabelText('Server'));
    await user.type(page.getByLabelText('Server'), 'team.evovoice.io');
    await user.type(page.getByLabelText('Username'), 'jamie');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    expect(bridge.requestsFor('account:sign-in')).toEqual([
      {
        server: 'team.evovoice.io',
        userName: 'jamie',
        password: 'secret',
        storeWithoutKeyring: false,
      },
    ]);
    expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  });

  it('validates the server address while the user types', async () => {
    const { page, user } = await renderApp(new FakeBridge(createSignedOut()));
    await user.click(page.getByRole('button', { name: 'Change server' }));
    const server = page.getByLabelText('Server');
    await user.clear(server);
    await user.type(server, 'http://evovoice.io');
    expect(page.getByText('Use an address that starts with https://.')).toBeInTheDocument();
    expect(server).toBeInvalid();
    expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
    await user.clear(server);
    await user.type(server, 'http://127.0.0.1:8080');
    expect(page.queryByText(/over https/)).not.toBeInTheDocument();
  });

  it('makes a managed server read-only', async () => {
    const { page, user } = await renderApp(
      new FakeBridge({ ...createSignedOut(), managedSettings: ['server'] }),
    );
    const server = page.getByLabelText('Server');
    expect(server).toHaveAccessibleDescription('Managed by your organization');
    await user.type(server, 'elsewhere.example');
    expect(server).toHaveValue('evovoice.io');
  });

  it('selects the password after a refusal, and clears the message with the first edit', async () => {
    const refused = { kind: 'wrong-credentials', message: undefined } as const;
    const bridge = new FakeBridge(createSignedOut(), {
      'account:sign-in': () => ({ ok: false, error: refused }),
    });
    const { page, user } = await renderApp(bridge);
    await user.type(page.getByLabelText('Username'), 'jamie');
    await user.type(page.getByLabelText('Password'), 'wrong{Enter}');
    // Orca reads several paragraphs of an alert in reverse order.
    expect(await page.findByRole('alert')).toHaveProperty('tagName', 'P');
    expect(page.getByLabelText('Username')).toBeInvalid();
    expect(page.getByLabelText('Username')).toBeRequired();
    const password = page.getByLabelText<HTMLInputElement>('Password');
    await waitFor(() => expect(password).toHaveFocus());
    expect(password.selectionEnd).toBe('wrong'.length);
    expect(password).toBeInvalid();
    expect(password).toBeRequired();
    await user.keyboard('r');
    expect(password).toHaveValue('r');
    expect(page.queryByRole('alert')).toBeNull();
  });

  it('shows the server if it is the problem', async () => {
    const error = { kind: 'not-found', code: 'ENOTFOUND' } as const;
    const { page } = await renderApp(
      new FakeBridge(createSignedOut({ kind: 'unreachable', error })),
    );
    await waitFor(() => expect(page.getByLabelText('Server')).toHaveFocus());
  });

  it('can be canceled, and ignores a late answer', async () => {
    let answer: (answer: { ok: false; error: SignInFailure }) => void = () => undefined;
    const bridge = new FakeBridge(createSignedOut(), {
      'account:sign-in': () => new Promise((resolve) => (answer = resolve)),
    });
    const { page, user } = await renderApp(bridge);
    await user.type(page.getByLabelText('Username'), 'jamie');
    await user.type(page.getByLabelText('Password'), 'secret{Enter}');
    await user.click(await page.findByRole('button', { name: 'Cancel' }));
    expect(bridge.requestsFor('account:cancel-sign-in')).toHaveLength(1);
    answer({ ok: false, error: { kind: 'expired' } });
    await tick();
    expect(page.queryByRole('alert')).toBeNull();
    expect(page.getByLabelText('Password')).toHaveValue('secret');
    expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  });

  it('keeps the window open while the form is shown', async () => {
    const bridge = new FakeBridge(createSignedOut());
    await renderApp(bridge);
    await expect.poll(() => bridge.requestsFor('window:keep-open')).toEqual([true]);
    const live = { kind: 'live', lastResponseAt: Date.now() } as const;
    bridge.change({ connection: live, accounts: [createAccount({ connection: live })] });
    await expect.poll(() => bridge.requestsFor('window:keep-open')).toEqual([true, false]);
  });

  it('shows the password when requested', async () => {
    const { page, user } = await renderApp(new FakeBridge(createSignedOut()));
    expect(page.getByLabelText('Password')).toHaveAttribute('type', 'password');
    await user.click(page.getByRole('button', { name: 'Show password' }));
    expect(page.getByLabelText('Password')).toHaveAttribute('type', 'text');
  });

  it.each([
    [{ kind: 'wrong-credentials', message: 'Invalid UserName' }, /Incorrect username or password/],
    [{ kind: 'expired' }, /session has expired/],
    [
      { kind: 'unreachable', error: { kind: 'not-found', code: 'ERR_NAME_NOT_RESOLVED' } },
      /server couldn’t be found/,
    ],
    [{ kind: 'bad-address' }, /can’t use this server address/],
  ] as const)('explains why it failed: %o', async (refused, words) => {
    const { page } = await renderApp(new FakeBridge(createSignedOut(refused)));
    expect(page.getByRole('alert')).toHaveTextContent(words);
  });

  it('asks for consent to save a password without a keyring', async () => {
    const state = createSignedOut();
    const bridge = new FakeBridge({ ...state, platform: { ...state.platform, hasKeyring: false } });
    const { page, user } = await renderApp(bridge);
    await user.type(page.getByLabelText('Username'), 'jamie');
    await user.type(page.getByLabelText('Password'), 'secret');
    await user.click(page.getByRole('checkbox', { name: /Stay signed in after a restart/ }));
    await user.click(page.getByRole('button', { name: 'Sign in' }));
    expect(bridge.requestsFor('account:sign-in')).toEqual([
      expect.objectContaining({ storeWithoutKeyring: true }),
    ]);
  });

  it('shows no form while the remembered password is being tried', async () => {
    const state = createAppState({ accounts: [], connection: { kind: 'signing-in' } });
    const { page } = await renderApp(new FakeBridge(state));
    expect(page.getByRole('heading', { name: 'Signing in…' })).toBeInTheDocument();
    expect(page.queryByLabelText('Password')).not.toBeInTheDocument();
  });
});

describe('connection status', () => {
  it('shows a live connection', async () => {
    const { page } = await renderApp(new FakeBridge());
    expect(page.getByText('Live')).toBeInTheDocument();
  });

  it('keeps the last calls while offline and shows their age and the next retry', async () => {
    const now = Date.now();
    const bridge = new FakeBridge(
      createAppState({
        sessions: [createSessionView()],
        connection: {
          kind: 'offline',
          lastResponseAt: now - 125_000,
          since: now - 120_500,
          retryAt: now + 13_500,
          error: { kind: 'timeout', code: 'ETIMEDOUT' },
        },
      }),
    );
    const { page, user } = await renderApp(bridge);
    expect(page.getByText('Offline for 2 min')).toBeInTheDocument();
    expect(page.getByRole('region', { name: 'Connection' })).toHaveTextContent(
      /took too long to respond\. Last updated 2 min ago\. Trying again in 1[0-4] s\./,
    );
    expect(page.getByRole('button', { name: /^Grace Hopper/ })).toBeInTheDocument();
    await user.click(page.getByRole('button', { name: 'Try now' }));
    expect(bridge.requestsFor('poll:now')).toHaveLength(1);
  });

  it('names the missing role', async () => {
    const state = createAppState({ connection: { kind: 'forbidden', role: 'User', retryAt: 0 } });
    const { page } = await renderApp(new FakeBridge(state));
    expect(page.getByText(/needs the “User” role/)).toBeInTheDocument();
  });

  it('shows the tabs but no empty state while starting', async () => {
    const state = createAppState({ connection: { kind: 'starting' } });
    const { page } = await renderApp(new FakeBridge(state));
    expect(page.getByRole('tab', { name: 'Calls' })).toBeInTheDocument();
    expect(page.queryByText('No calls right now')).not.toBeInTheDocument();
  });
});

describe('policy file notice', () => {
  it.each([
    [{ kind: 'unreadable', code: 'EACCES' }, /couldn’t be read \(EACCES\)/],
    [{ kind: 'unsafe' }, /changed by non-administrators/],
    [{ kind: 'broken' }, /isn’t valid, so it isn’t applied/],
    [{ kind: 'entries', names: ['theme', 'color'] }, /aren’t valid and were ignored: theme, color/],
  ] as const)('explains the problem: %o', async (fault, words) => {
    const file = '/etc/ringside/policy.json';
    const state = createAppState({ notices: [{ kind: 'policy', file, fault }] });
    const { page } = await renderApp(new FakeBridge(state));
    expect(page.getByText(words)).toHaveTextContent(file);
  });
});

describe('save error notice', () => {
  it.each([
    ['ENOSPC', /disk is full/],
    ['EDQUOT', /disk is full/],
    ['EROFS', /doesn’t have permission to write there/],
    ['EACCES', /doesn’t have permission to write there/],
    ['EPERM', /doesn’t have permission to write there/],
    ['ENOENT', /couldn’t be saved \(ENOENT\)\. Ringside keeps running and will try again\.$/],
    ['EIO', /couldn’t be saved \(EIO\)\. Ringside keeps running and will try again\.$/],
  ])('explains %s', async (code, words) => {
    const file = 'settings.json';
    const state = createAppState({ notices: [{ kind: 'cannot-save', file, code }] });
    const { page } = await renderApp(new FakeBridge(state));
    expect(page.getByText(/couldn’t be saved/)).toHaveTextContent(words);
    expect(page.getByText(/couldn’t be saved/)).toHaveTextContent(code);
  });
});
