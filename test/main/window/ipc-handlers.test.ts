import { beforeEach, describe, expect, test, vi } from 'vitest';
import { IPC_REQUESTS, type RequestName } from '../../../src/shared/ipc';
import type { IpcHandlers } from '../../../src/main/window/ipc-handlers';

type Listener = (event: unknown, argument: unknown) => unknown;

const listeners = vi.hoisted(() => new Map<string, Listener>());
const showDialog = vi.hoisted(() => vi.fn());
const writeText = vi.hoisted(() => vi.fn());

vi.mock('electron', () => ({
  app: { isPackaged: true, getPath: () => '/home/maya/Documents' },
  clipboard: { writeText },
  dialog: { showOpenDialog: showDialog, showSaveDialog: showDialog },
  protocol: {},
  ipcMain: {
    handle: (name: string, listener: Listener) => {
      listeners.set(name, listener);
    },
  },
}));

const { InvalidRequestError, createIpcHandlers, registerIpcHandlers } =
  await import('../../../src/main/window/ipc-handlers');

const PAGE_URL = 'ringside://window/index.html';
const mainFrame = { url: PAGE_URL };
const contents = { mainFrame, isDestroyed: () => false };

const ACCOUNT = '0123456789abcdef';

let handled: [string, unknown][];
let current: typeof contents | undefined;

beforeEach(() => {
  handled = [];
  current = contents;
  const handlers = Object.fromEntries(
    Object.keys(IPC_REQUESTS).map((name) => [
      name,
      (argument: unknown) => {
        handled.push([name, argument]);
        return `response to ${name}`;
      },
    ]),
  ) as unknown as IpcHandlers;
  registerIpcHandlers(handlers, () => current as never);
});

describe('registerIpcHandlers', () => {
  test('handles a request of the page', async () => {
    expect(await send('poll:now', undefined)).toBe('response to poll:now');
    expect(await send('session:details', 'S-1')).toBe('response to session:details');
    expect(handled).toEqual([
      ['poll:now', undefined],
      ['session:details', 'S-1'],
    ]);
  });

  test('handles exactly the requests of the contract', () => {
    expect([...listeners.keys()].sort()).toEqual(Object.keys(IPC_REQUESTS).sort());
  });

  test.each([
    ['an embedded frame', { url: PAGE_URL }],
    ['a frame that no longer exists', null],
    ['another page of the app', { url: 'ringside://avatar/x' }],
  ])('rejects a request from %s', async (_, senderFrame) => {
    await expect(send('poll:now', undefined, senderFrame)).rejects.toThrow(InvalidRequestError);
    expect(handled).toEqual([]);
  });

  test.each(['https://evil.example/', 'ringside://window.evil/', 'file:///tmp/x.html', ''])(
    'rejects a request from the main frame at %o',
    async (url) => {
      const frame = { url };
      current = { ...contents, mainFrame: frame };
      await expect(send('poll:now', undefined, frame)).rejects.toThrow(InvalidRequestError);
      expect(handled).toEqual([]);
    },
  );

  test('rejects a request without a window', async () => {
    current = undefined;
    await expect(send('poll:now', undefined)).rejects.toThrow(InvalidRequestError);
  });
});

describe('request arguments', () => {
  test.each<[RequestName, unknown]>([
    ['poll:now', 'now'],
    ['session:details', undefined],
    ['session:details', ''],
    ['session:details', 'x'.repeat(530)],
    ['session:details', { id: 'S-1' }],
    ['account:sign-in', { server: 's', userName: 'u', password: 7, storeWithoutKeyring: true }],
    ['account:sign-in', { server: 's', userName: 'u', password: 'p' }],
    ['account:sign-in', null],
    ['account:pause', undefined],
    ['account:resume', 'maya'],
    ['account:remove', { account: ACCOUNT, shouldDeleteCalls: 'yes' }],
    ['account:remove', { account: '../..', shouldDeleteCalls: true }],
    ['settings:update', 'pollSeconds'],
    ['do-not-disturb:set', 'forever'],
    ['log:query', { search: '', only: 'all', offset: -1, limit: 10 }],
    ['log:query', { search: '', only: 'all', offset: 0, limit: 100_000 }],
    ['log:query', { search: '', only: 'secret', offset: 0, limit: 10 }],
    ['log:mark-seen', [1, 2]],
    ['log:mark-seen', 'none'],
    ['clipboard:copy', 'x'.repeat(1_000_001)],
    ['window:pin', 1],
    ['app:quit', true],
  ])('are rejected if they don’t match the contract: %s %j', async (name, argument) => {
    await expect(send(name, argument)).rejects.toThrow(InvalidRequestError);
    expect(handled).toEqual([]);
  });

  test('are stripped of properties that aren’t in the contract', async () => {
    const argument = { account: ACCOUNT, shouldDeleteCalls: true };
    await send('account:remove', { ...argument, everything: true });
    expect(handled).toEqual([['account:remove', argument]]);
  });
});

describe('the handlers of a compromised page', () => {
  test('open a bounded number of calls and pages per minute', async () => {
    const callBack = vi.fn(() => Promise.resolve({ ok: true }));
    const openPage = vi.fn(() => Promise.resolve(true));
    const handlers = createIpcHandlers({
      links: { callBack, openPage },
      accounts: { list: { hasChatLink: () => true } },
    } as never);
    for (let count = 0; count < 20; count += 1) {
      await handlers['session:call-back']('S-1');
      await handlers['chat:open-link']({ id: 'S-1', url: 'https://example.com/' });
    }
    expect(callBack.mock.calls.length + openPage.mock.calls.length).toBe(30);
    expect(await handlers['session:call-back']('S-1')).toEqual({ ok: false });
  });

  test('open only links that are in the chat', async () => {
    const openPage = vi.fn(() => Promise.resolve(true));
    const hasChatLink = (id: string, url: string) => `${id} ${url}` === 'S-1 https://example.com/';
    const handlers = createIpcHandlers({
      links: { openPage },
      accounts: { list: { hasChatLink } },
    } as never);
    const open = async (url: string) => handlers['chat:open-link']({ id: 'S-1', url });
    expect(await open('https://evil.example/')).toEqual({ ok: false });
    expect(await open('https://example.com/')).toEqual({ ok: true });
    expect(openPage.mock.calls).toEqual([['https://example.com/']]);
  });

  test('sign in a few times a minute', async () => {
    const signIn = vi.fn(() => Promise.resolve(null));
    const handlers = createIpcHandlers({ accounts: { signIn } } as never);
    const typed = { server: 's', userName: 'u', password: 'p', storeWithoutKeyring: false };
    for (let count = 0; count < 6; count += 1) {
      expect(await handlers['account:sign-in'](typed)).toEqual({ ok: true });
    }
    expect(await handlers['account:sign-in'](typed)).toMatchObject({ ok: false });
    expect(signIn).toHaveBeenCalledTimes(6);
  });

  test('copy no control characters that a terminal would run', async () => {
    await createIpcHandlers({} as never)['clipboard:copy']('one\ntwo\r\u001b[200~x');
    expect(writeText).toHaveBeenCalledExactlyOnceWith('one\ntwo [200~x');
  });

  test.each(['log:export', 'notes:export', 'notes:import'] as const)(
    'show one file dialog at a time for %s',
    async (name) => {
      let close: (result: unknown) => void = () => undefined;
      showDialog.mockReset().mockReturnValue(new Promise((resolve) => (close = resolve)));
      const handlers = createIpcHandlers({
        window: { keepOpenWhile: <Result>(action: () => Promise<Result>) => action() },
      } as never);
      const run = handlers[name] as (argument: unknown) => Promise<unknown>;
      const results = [1, 2, 3].map(() => run(undefined));
      close({ canceled: true, filePaths: [] });
      expect(await Promise.all(results)).toEqual([null, null, null]);
      expect(showDialog).toHaveBeenCalledTimes(1);
      await run(undefined);
      expect(showDialog).toHaveBeenCalledTimes(2);
    },
  );
});

async function send(
  name: RequestName,
  argument: unknown,
  senderFrame: unknown = mainFrame,
): Promise<unknown> {
  const listener = listeners.get(name);
  if (!listener) throw new Error(`no handler for ${name}`);
  return await Promise.resolve().then(() => listener({ senderFrame }, argument));
}
