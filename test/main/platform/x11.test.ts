import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { DesktopServices } from '../../../src/main/platform/dbus';
import { X11Client } from '../../../src/main/platform/x11';
import { startPrivateBus } from '../../e2e/desktop/dbus';
import { XembedTray } from '../../e2e/desktop/xembed-tray';

let clients: X11Client[] = [];

afterEach(() => {
  for (const client of clients) client.dispose();
  clients = [];
  vi.unstubAllEnvs();
});

test.each(['', 'nonsense', ':9999', 'unix:9999', '127.0.0.1:9999'])(
  'returns undefined without an X server at "%s"',
  async (display) => {
    const client = await connect(display);
    expect(await client.getPointer()).toBeUndefined();
    expect(await client.hasSelectionOwner('_NET_SYSTEM_TRAY_S0')).toBe(false);
    await client.clearAttention(1);
  },
);

test('returns undefined if the X server refuses the connection', async () => {
  const server = await listen((socket) => socket.end(Buffer.from([0, 0, 11, 0, 0, 0, 0, 0])));
  const client = await connect(`127.0.0.1:${getPort(server) - 6_000}`);
  expect(await client.getPointer()).toBeUndefined();
  server.close();
});

describe.runIf(hasXvfb())('on an X server', () => {
  let server: ChildProcess;
  let display: string;

  beforeAll(async () => {
    // Without `-noreset`, the server drops new connections for a moment after its last client leaves.
    const args = ['-displayfd', '1', '-screen', '0', '800x600x24', '-nolisten', 'tcp', '-noreset'];
    server = spawn('Xvfb', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    display = `:${String(await once(createInterface(server.stdout ?? process.stdin), 'line'))}`;
  });

  afterAll(() => {
    server.kill();
  });

  test('locates the pointer', async () => {
    const client = await connect(display);
    expect(await client.getPointer()).toEqual({ x: 400, y: 300 });
  });

  test('handles simultaneous requests', async () => {
    const client = await connect(display);
    const answers = await Promise.all([
      client.hasSelectionOwner('NOBODY_OWNS_THIS'),
      client.getPointer(),
      client.hasSelectionOwner('NOR_THIS'),
      client.getPointer(),
    ]);
    expect(answers).toEqual([false, { x: 400, y: 300 }, false, { x: 400, y: 300 }]);
  });

  test('finds and reports a tray that starts later', async () => {
    const client = await connect(display);
    expect(await client.hasSelectionOwner('_NET_SYSTEM_TRAY_S0')).toBe(false);
    const started = once(client, 'managerStarted');
    clients.push(await XembedTray.start(display));
    expect(await started).toEqual(['_NET_SYSTEM_TRAY_S0']);
    expect(await client.hasSelectionOwner('_NET_SYSTEM_TRAY_S0')).toBe(true);
  });

  test('makes the desktop services report a tray that starts or restarts', async () => {
    const bus = await startPrivateBus();
    const x11 = new X11Client();
    clients.push(x11);
    const services = new DesktopServices('linux', x11);
    vi.stubEnv('DISPLAY', display);
    await services.connect(bus.address);
    expect(services.capabilities.tray).toBe(false);
    for (let start = 0; start < 2; start += 1) {
      const started = once(services, 'trayStarted');
      const tray = await XembedTray.start(display);
      await started;
      expect(services.capabilities.tray).toBe(true);
      tray.dispose();
    }
    services.dispose();
    await bus.close();
  });

  test('asks the window manager to clear a window’s attention request', async () => {
    const manager = await FakeWindowManager.start(display);
    const client = await connect(display);
    const message = once(manager, 'managerStarted');
    await client.clearAttention(0x1234);
    await message;
  });
});

/** Listens to the requests that windows send to a window manager. */
class FakeWindowManager extends X11Client {
  static async start(display: string): Promise<FakeWindowManager> {
    const manager = new FakeWindowManager();
    clients.push(manager);
    await manager.connect({ DISPLAY: display });
    manager.listenToRoot(1 << 20);
    await manager.getPointer();
    return manager;
  }
}

async function connect(display: string): Promise<X11Client> {
  const client = new X11Client();
  clients.push(client);
  await client.connect({ DISPLAY: display });
  return client;
}

async function listen(handle: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer({}, handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function getPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function hasXvfb(): boolean {
  try {
    execFileSync('which', ['Xvfb']);
    return true;
  } catch {
    return false;
  }
}
