import { beforeEach, describe, expect, test, vi } from 'vitest';
import { IPC_REQUESTS, type RequestName } from '../../../src/shared/ipc';
import type { Handlers } from '../../../src/main/window/bridge';

type Listener = (event: unknown, argument: unknown) => unknown;

const ipc = vi.hoisted(() => new Map<string, Listener>());

vi.mock('electron', () => ({
  ipcMain: {
    handle: (name: string, listener: Listener) => {
      ipc.set(name, listener);
    },
  },
}));

const { answerWindow, RefusedRequest, tellWindow } =
  await import('../../../src/main/window/bridge');

const OURS = 'ringside://window/index.html';
const top = { url: OURS };
const contents = { mainFrame: top, isDestroyed: () => false, send: vi.fn() };

const ACCOUNT = '0123456789abcdef';

let asked: [string, unknown][];
let window: typeof contents | undefined;

beforeEach(() => {
  asked = [];
  window = contents;
  contents.send.mockClear();
  const handlers = Object.fromEntries(
    Object.keys(IPC_REQUESTS).map((name) => [
      name,
      (argument: unknown) => {
        asked.push([name, argument]);
        return `answer to ${name}`;
      },
    ]),
  ) as unknown as Handlers;
  answerWindow(
    handlers,
    () => window as unknown as ReturnType<Parameters<typeof answerWindow>[1]>,
    (url) => url.startsWith('ringside://window/'),
  );
});

describe('a request', () => {
  test('from the window is answered', async () => {
    expect(await ask('poll:now', undefined)).toBe('answer to poll:now');
    expect(await ask('session:details', 'S-1')).toBe('answer to session:details');
    expect(asked).toEqual([
      ['poll:now', undefined],
      ['session:details', 'S-1'],
    ]);
  });

  test('of every name in the contract has an answer, and no other', () => {
    expect([...ipc.keys()].sort()).toEqual(Object.keys(IPC_REQUESTS).sort());
  });

  test.each([
    ['a frame within the window', { url: OURS }],
    ['a frame that is gone', null],
    ['a page elsewhere in the app', { url: 'ringside://avatar/x' }],
  ])('from %s is refused', async (_, senderFrame) => {
    await expect(ask('poll:now', undefined, senderFrame)).rejects.toThrow(RefusedRequest);
    expect(asked).toEqual([]);
  });

  test.each(['https://evil.example/', 'ringside://window.evil/', 'file:///tmp/x.html', ''])(
    'from the window’s top frame at %o is refused',
    async (url) => {
      const frame = { url };
      window = { ...contents, mainFrame: frame };
      await expect(ask('poll:now', undefined, frame)).rejects.toThrow(RefusedRequest);
      expect(asked).toEqual([]);
    },
  );

  test('while there is no window is refused', async () => {
    window = undefined;
    await expect(ask('poll:now', undefined)).rejects.toThrow(RefusedRequest);
  });
});

describe('an argument', () => {
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
    ['do-not-disturb:set', 'for ever'],
    ['log:query', { search: '', only: 'all', offset: -1, limit: 10 }],
    ['log:query', { search: '', only: 'all', offset: 0, limit: 100_000 }],
    ['log:query', { search: '', only: 'secret', offset: 0, limit: 10 }],
    ['log:mark-seen', [1, 2]],
    ['log:mark-seen', 'none'],
    ['clipboard:copy', 'x'.repeat(1_000_001)],
    ['window:pin', 1],
    ['app:quit', true],
  ])('of %s of another shape is refused: %j', async (name, argument) => {
    await expect(ask(name, argument)).rejects.toThrow(RefusedRequest);
    expect(asked).toEqual([]);
  });

  test('brings nothing along that the contract does not name', async () => {
    const asTold = { account: ACCOUNT, shouldDeleteCalls: true };
    await ask('account:remove', { ...asTold, everything: true });
    expect(asked).toEqual([['account:remove', asTold]]);
  });
});

describe('what main says unasked', () => {
  test('reaches the window', () => {
    tellWindow(contents as never, 'window:navigate', { view: 'missed' });
    expect(contents.send).toHaveBeenCalledWith('window:navigate', { view: 'missed' });
  });

  test('reaches nobody where there is no window', () => {
    tellWindow(undefined, 'window:navigate', { view: 'missed' });
    tellWindow({ ...contents, isDestroyed: () => true } as never, 'window:navigate', {
      view: 'missed',
    });
    expect(contents.send).not.toHaveBeenCalled();
  });
});

async function ask(
  name: RequestName,
  argument: unknown,
  senderFrame: unknown = top,
): Promise<unknown> {
  const listener = ipc.get(name);
  if (!listener) throw new Error(`nobody answers ${name}`);
  return await Promise.resolve().then(() => listener({ senderFrame }, argument));
}
