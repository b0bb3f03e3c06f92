import { expect, test } from '@playwright/test';
import { Variant } from 'dbus-next';
import { connect, startPrivateBus, type DBusConnection, type PrivateBus } from './dbus';
import { NotificationDaemon } from './notification-daemon';
import { describeEvent, startDesktopRecorder } from './desktop-recorder';
import { StatusNotifierHost } from './status-notifier-host';

const NOTIFICATIONS = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};

let bus: PrivateBus;
let appConnection: DBusConnection;

test.beforeEach(async () => {
  bus = await startPrivateBus();
  appConnection = await connect(bus.address);
});

test.afterEach(async () => {
  appConnection.close();
  await bus.close();
});

async function notify(title: string, body = '', replacesId = 0): Promise<number> {
  const [id] = await appConnection.call({
    ...NOTIFICATIONS,
    member: 'Notify',
    signature: 'susssasa{sv}i',
    body: [
      'Test',
      replacesId,
      '',
      title,
      body,
      ['default', ''],
      { urgency: new Variant('y', 1) },
      -1,
    ],
  });
  return Number(id);
}

const withdraw = (id: number): Promise<unknown> =>
  appConnection.call({ ...NOTIFICATIONS, member: 'CloseNotification', signature: 'u', body: [id] });

/** The signals of the notification daemon that the app receives. */
async function recordSignals(): Promise<readonly string[]> {
  const signals: string[] = [];
  await appConnection.onSignal(`interface='${NOTIFICATIONS.interface}'`, ({ member, body }) => {
    signals.push(`${member} ${(body as unknown[]).join(' ')}`);
  });
  return signals;
}

test('keeps two private buses apart', async () => {
  const other = await startPrivateBus();
  const one = await NotificationDaemon.start(bus.address);
  const two = await NotificationDaemon.start(other.address);
  await notify('Grace Hopper');
  expect(one.open).toHaveLength(1);
  expect(two.open).toHaveLength(0);
  one.close();
  two.close();
  await other.close();
});

test('refuses a bus name that is taken', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  await expect(NotificationDaemon.start(bus.address)).rejects.toThrow('is already taken');
  daemon.close();
});

test('records notifications that an app shows, updates, and withdraws', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  const id = await notify('+1 202-555-0147', 'for Bright Dental');
  await notify('Grace Hopper', 'for Bright Dental', id);
  expect(daemon.open).toMatchObject([
    { id, title: 'Grace Hopper', actions: ['default'], hints: { urgency: 1 }, timeout: -1 },
  ]);
  await withdraw(id);
  expect(await daemon.waitForClosed(id)).toMatchObject({ id, by: 'app' });
  expect(daemon.open).toEqual([]);
  expect(daemon.received.map(({ title }) => title)).toEqual(['+1 202-555-0147', 'Grace Hopper']);
  daemon.close();
});

test('signals clicks and dismissals to the app', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  const signals = await recordSignals();
  daemon.click(await notify('first'));
  daemon.dismiss(await notify('second'));
  await expect
    .poll(() => signals)
    .toEqual(['ActionInvoked 1 default', 'NotificationClosed 1 2', 'NotificationClosed 2 2']);
  expect(() => {
    daemon.click(1);
  }).toThrow("isn't open");
  daemon.close();
});

test('waits for a notification and lists the received ones on failure', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  const waiting = daemon.waitForOpen({ title: /Hopper/, body: 'for Bright Dental' });
  await notify('Grace Hopper', 'for Acme');
  await notify('Grace Hopper', 'for Bright Dental');
  expect((await waiting).id).toBe(2);
  await expect(daemon.waitForOpen({ title: 'Ada' }, 50)).rejects.toThrow('Grace Hopper | for Acme');
  await expect(daemon.waitForClosed(1, 50)).rejects.toThrow('still open');
  daemon.close();
});

test('returns the configured capabilities', async () => {
  const daemon = await NotificationDaemon.start(bus.address, ['body']);
  const ask = { ...NOTIFICATIONS, member: 'GetCapabilities' };
  expect(await appConnection.call(ask)).toEqual([['body']]);
  daemon.capabilities = ['body', 'body-markup'];
  expect(await appConnection.call(ask)).toEqual([['body', 'body-markup']]);
  daemon.close();
});

test('reads icon, tooltip, and menu of a tray item, and clicks them', async () => {
  const tray = await StatusNotifierHost.start(bus.address);
  const item = await registerTrayItem();
  await tray.waitForTooltip('No calls');
  item.tooltip = 'Ringing: Grace Hopper';
  item.pixels = 7;
  appConnection.emit('/StatusNotifierItem', 'org.kde.StatusNotifierItem', 'NewToolTip', '', []);
  await tray.waitForTooltip(/^Ringing/);
  const [before, after] = tray.history;
  expect(before).toMatchObject({ tooltip: 'No calls', status: 'Active', iconSize: 1 });
  expect(after?.icon).not.toBe(before?.icon);

  await tray.activate();
  await tray.clickMenu(['Do Not Disturb', '1 hour']);
  expect(item.events).toEqual(['activate 0 0', 'event 3 clicked']);
  await expect(tray.clickMenu(['Quit'], 50)).rejects.toThrow('Do Not Disturb [x]');

  item.connection.close();
  await tray.waitForRemoval();
  tray.close();
});

test('records desktop events in order', async () => {
  const lines: string[] = [];
  const recorder = await startDesktopRecorder({
    busAddress: bus.address,
    onEvent: (event) => {
      lines.push(describeEvent(event));
    },
  });
  const id = await notify('Grace Hopper', 'for Bright Dental');
  await withdraw(id);
  recorder.daemon.dismiss(await notify('Missed call from Ada Byron'));
  const item = await registerTrayItem();
  await expect
    .poll(() => lines)
    .toEqual([
      'notification: Grace Hopper — for Bright Dental',
      'withdrawn: Grace Hopper',
      'notification: Missed call from Ada Byron',
      'tray: No calls',
    ]);
  item.connection.close();
  recorder.close();
});

/** Registers a minimal tray item. */
async function registerTrayItem(): Promise<{
  connection: DBusConnection;
  tooltip: string;
  pixels: number;
  readonly events: string[];
}> {
  const connection = appConnection;
  const item = { connection, tooltip: 'No calls', pixels: 0, events: [] as string[] };
  connection.handleMethods('/StatusNotifierItem', 'org.freedesktop.DBus.Properties', {
    GetAll: () => ({
      signature: 'a{sv}',
      body: [
        {
          Title: new Variant('s', 'Test'),
          Status: new Variant('s', 'Active'),
          Menu: new Variant('o', '/Menu'),
          ToolTip: new Variant('(sa(iiay)ss)', ['', [], item.tooltip, '']),
          IconPixmap: new Variant('a(iiay)', [[1, 1, Buffer.alloc(4, item.pixels)]]),
        },
      ],
    }),
  });
  connection.handleMethods('/StatusNotifierItem', 'org.kde.StatusNotifierItem', {
    Activate: (at) => {
      item.events.push(`activate ${at.join(' ')}`);
      return { signature: '', body: [] };
    },
  });
  const leaf = (id: number, properties: object): Variant =>
    new Variant('(ia{sv}av)', [id, properties, []]);
  connection.handleMethods('/Menu', 'com.canonical.dbusmenu', {
    GetLayout: () => ({
      signature: 'u(ia{sv}av)',
      body: [
        1,
        [
          0,
          {},
          [
            new Variant('(ia{sv}av)', [
              2,
              {
                label: new Variant('s', '_Do Not Disturb'),
                'toggle-type': new Variant('s', 'checkmark'),
                'toggle-state': new Variant('i', 1),
              },
              [leaf(3, { label: new Variant('s', '1 hour') })],
            ]),
            leaf(4, { label: new Variant('s', 'Quit'), enabled: new Variant('b', false) }),
          ],
        ],
      ],
    }),
    Event: ([id, kind]) => {
      item.events.push(`event ${String(id)} ${String(kind)}`);
      return { signature: '', body: [] };
    },
  });
  await connection.call({
    destination: 'org.kde.StatusNotifierWatcher',
    path: '/StatusNotifierWatcher',
    interface: 'org.kde.StatusNotifierWatcher',
    member: 'RegisterStatusNotifierItem',
    signature: 's',
    body: ['/StatusNotifierItem'],
  });
  return item;
}
