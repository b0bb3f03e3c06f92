import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DesktopServices } from '../../../src/main/platform/dbus';
import { connect, startPrivateBus, type PrivateBus } from '../../e2e/desktop/dbus';
import { NotificationDaemon } from '../../e2e/desktop/notification-daemon';
import { StatusNotifierHost } from '../../e2e/desktop/status-notifier-host';

test.each(['win32', 'darwin'] as const)('assumes a tray and plain text on %s', async (platform) => {
  const services = new DesktopServices(platform);
  await services.connect('unix:path=/nowhere');
  expect(services.capabilities).toEqual({ tray: true, bodyMarkup: false });
});

test.each(['unix:path=/nowhere', 'unix:abstract=nothing', 'nonsense'])(
  'assumes a tray and markup on Linux without a bus at %s',
  async (address) => {
    const services = new DesktopServices('linux');
    await services.connect(address);
    expect(services.capabilities).toEqual({ tray: true, bodyMarkup: true });
  },
);

describe.runIf(hasDbusDaemon())('on a session bus', () => {
  let bus: PrivateBus;
  let services: DesktopServices;
  let programs: { close(): void }[];

  beforeEach(async () => {
    bus = await startPrivateBus();
    services = new DesktopServices('linux');
    programs = [];
  });

  afterEach(async () => {
    vi.useRealTimers();
    services.dispose();
    for (const program of programs) program.close();
    await bus.close();
  });

  test('finds a tray and the capabilities of the notification service', async () => {
    await startTray();
    await startNotifications(['body', 'actions']);
    await services.connect(bus.address);
    expect(services.capabilities).toEqual({
      tray: true,
      bodyMarkup: false,
      notifications: ['body', 'actions'],
    });
  });

  test('assumes markup while there is no notification service, and finds no tray', async () => {
    await services.connect(bus.address);
    expect(services.capabilities).toEqual({ tray: false, bodyMarkup: true });
  });

  test('reports a tray that starts later, once', async () => {
    await services.connect(bus.address);
    const events = recordEvents();
    const started = once(services, 'trayStarted');
    const tray = await startTray();
    await started;
    expect(services.capabilities.tray).toBe(true);
    tray.close();
    await startTray();
    await startNotifications();
    await once(services, 'notificationsStarted');
    expect(events).toEqual(['trayStarted', 'notificationsStarted']);
  });

  test('reports a tray once its panel has started', async () => {
    await services.connect(bus.address);
    const events = recordEvents();
    const tray = await startTray({ isHost: false });
    await startNotifications();
    await once(services, 'notificationsStarted');
    expect(services.capabilities.tray).toBe(false);
    const started = once(services, 'trayStarted');
    tray.becomeHost();
    await started;
    expect(services.capabilities.tray).toBe(true);
    expect(events).toEqual(['notificationsStarted', 'trayStarted']);
  });

  test('finds no tray while its panel has not started', async () => {
    await startTray({ isHost: false });
    await services.connect(bus.address);
    expect(services.capabilities.tray).toBe(false);
  });

  test('reports a restarted tray that lacks the icon', async () => {
    const tray = await startTray();
    await services.connect(bus.address);
    tray.close();
    const events = recordEvents();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await startTray();
    await vi.waitFor(() => {
      vi.advanceTimersByTime(3_000);
      expect(events).toEqual(['trayStarted']);
    });
  });

  test('reports a tray that started after the icon was created, and lacks it', async () => {
    await startTray();
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    await services.connect(bus.address);
    const started = once(services, 'trayStarted');
    vi.advanceTimersByTime(3_000);
    await started;
  });

  test('leaves an icon alone that the tray has', async () => {
    const tray = await startTray();
    const item = await connect(bus.address);
    programs.push(item);
    item.handleMethods('/Item', 'org.freedesktop.DBus.Properties', {
      GetAll: () => ({ signature: 'a{sv}', body: [{}] }),
    });
    const watcher = 'org.kde.StatusNotifierWatcher';
    await item.call({
      destination: watcher,
      path: '/StatusNotifierWatcher',
      interface: watcher,
      member: 'RegisterStatusNotifierItem',
      signature: 's',
      body: ['/Item'],
    });
    await tray.waitFor(() => true, 'an icon');
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    await services.connect(bus.address);
    const events = recordEvents();
    vi.advanceTimersByTime(3_000);
    vi.useRealTimers();
    // Calls are answered in order, so the check is done when a later one is.
    await startNotifications();
    await once(services, 'notificationsStarted');
    expect(events).toEqual(['notificationsStarted']);
  });

  test('reports a restart of the notification service and reads its capabilities again', async () => {
    const daemon = await startNotifications(['body', 'body-markup']);
    await services.connect(bus.address);
    expect(services.capabilities.bodyMarkup).toBe(true);
    const events = recordEvents();
    const stopped = once(services, 'notificationsStopped');
    daemon.close();
    await stopped;
    const started = once(services, 'notificationsStarted');
    await startNotifications(['body']);
    await started;
    expect(services.capabilities).toMatchObject({ bodyMarkup: false, notifications: ['body'] });
    expect(events).toEqual(['notificationsStopped', 'notificationsStarted']);
  });

  async function startTray(options?: { isHost: boolean }): Promise<StatusNotifierHost> {
    const tray = await StatusNotifierHost.start(bus.address, options);
    programs.push(tray);
    return tray;
  }

  async function startNotifications(capabilities?: readonly string[]): Promise<NotificationDaemon> {
    const daemon = await NotificationDaemon.start(bus.address, capabilities);
    programs.push(daemon);
    return daemon;
  }

  function recordEvents(): readonly string[] {
    const events: string[] = [];
    for (const name of ['trayStarted', 'notificationsStopped', 'notificationsStarted'] as const) {
      services.on(name, () => events.push(name));
    }
    return events;
  }
});

function hasDbusDaemon(): boolean {
  try {
    execFileSync('dbus-daemon', ['--version']);
    return true;
  } catch {
    return false;
  }
}
