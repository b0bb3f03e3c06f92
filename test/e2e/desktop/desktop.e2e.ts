import { expect, test } from '@playwright/test';
import { Variant } from 'dbus-next';
import { connect, startPrivateBus, type Connection, type PrivateBus } from './bus';
import { NotificationDaemon } from './notifications';
import { describeEvent, startRecorder } from './record';
import { TrayHost } from './tray';

const NOTIFICATIONS = {
  to: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  of: 'org.freedesktop.Notifications',
};

let bus: PrivateBus;
let application: Connection;

test.beforeEach(async () => {
  bus = await startPrivateBus();
  application = await connect(bus.address);
});

test.afterEach(async () => {
  application.close();
  await bus.close();
});

async function notify(title: string, body = '', replacesId = 0): Promise<number> {
  const [id] = await application.call({
    ...NOTIFICATIONS,
    member: 'Notify',
    signature: 'susssasa{sv}i',
    body: [
      'Toy',
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
  application.call({ ...NOTIFICATIONS, member: 'CloseNotification', signature: 'u', body: [id] });

/** The signals of the notification service that the application hears. */
async function heard(): Promise<readonly string[]> {
  const signals: string[] = [];
  await application.listen(`interface='${NOTIFICATIONS.of}'`, ({ member, body }) => {
    signals.push(`${member} ${(body as unknown[]).join(' ')}`);
  });
  return signals;
}

test('two private buses do not meet', async () => {
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

test('a name can be taken once only', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  await expect(NotificationDaemon.start(bus.address)).rejects.toThrow('is taken');
  daemon.close();
});

test('the daemon keeps what an application says, updates and withdraws', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  const id = await notify('+1 202-555-0147', 'for Bright Dental');
  await notify('Grace Hopper', 'for Bright Dental', id);
  expect(daemon.open).toMatchObject([
    { id, title: 'Grace Hopper', actions: ['default'], hints: { urgency: 1 }, timeout: -1 },
  ]);
  await withdraw(id);
  expect(await daemon.waitForClosed(id)).toMatchObject({ id, by: 'application' });
  expect(daemon.open).toEqual([]);
  expect(daemon.notified.map(({ title }) => title)).toEqual(['+1 202-555-0147', 'Grace Hopper']);
  daemon.close();
});

test('a click and a dismissal reach the application as on a real desktop', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  const signals = await heard();
  daemon.click(await notify('first'));
  daemon.dismiss(await notify('second'));
  await expect
    .poll(() => signals)
    .toEqual(['ActionInvoked 1 default', 'NotificationClosed 1 2', 'NotificationClosed 2 2']);
  expect(() => {
    daemon.click(1);
  }).toThrow('is not open');
  daemon.close();
});

test('waiting finds what comes later, and says what came instead when it does not', async () => {
  const daemon = await NotificationDaemon.start(bus.address);
  const waiting = daemon.waitForOpen({ title: /Hopper/, body: 'for Bright Dental' });
  await notify('Grace Hopper', 'for Acme');
  await notify('Grace Hopper', 'for Bright Dental');
  expect((await waiting).id).toBe(2);
  await expect(daemon.waitForOpen({ title: 'Ada' }, 50)).rejects.toThrow('Grace Hopper | for Acme');
  await expect(daemon.waitForClosed(1, 50)).rejects.toThrow('still open');
  daemon.close();
});

test('the capabilities can be those of a plain desktop', async () => {
  const daemon = await NotificationDaemon.start(bus.address, ['body']);
  const ask = { ...NOTIFICATIONS, member: 'GetCapabilities' };
  expect(await application.call(ask)).toEqual([['body']]);
  daemon.capabilities = ['body', 'body-markup'];
  expect(await application.call(ask)).toEqual([['body', 'body-markup']]);
  daemon.close();
});

test('the tray host reads icon, tooltip and menu, follows changes and clicks', async () => {
  const tray = await TrayHost.start(bus.address);
  const toy = await showToyItem();
  await tray.waitForTooltip('No calls');
  toy.tooltip = 'Ringing: Grace Hopper';
  toy.pixels = 7;
  application.signal('/StatusNotifierItem', 'org.kde.StatusNotifierItem', 'NewToolTip', '', []);
  await tray.waitForTooltip(/^Ringing/);
  const [before, after] = tray.pictures;
  expect(before).toMatchObject({ tooltip: 'No calls', status: 'Active', iconSize: 1 });
  expect(after?.icon).not.toBe(before?.icon);

  await tray.activate();
  await tray.clickMenu(['Do Not Disturb', '1 hour']);
  expect(toy.done).toEqual(['activate 0 0', 'event 3 clicked']);
  await expect(tray.clickMenu(['Quit'], 50)).rejects.toThrow('Do not disturb [x]');

  toy.connection.close();
  await tray.waitForNone();
  tray.close();
});

test('the recorder tells what happens, line by line', async () => {
  const lines: string[] = [];
  const recorder = await startRecorder({
    busAddress: bus.address,
    onEvent: (event) => {
      lines.push(describeEvent(event));
    },
  });
  const id = await notify('Grace Hopper', 'for Bright Dental');
  await withdraw(id);
  recorder.daemon.dismiss(await notify('Missed call from Ada Byron'));
  const toy = await showToyItem();
  await expect
    .poll(() => lines)
    .toEqual([
      'notification: Grace Hopper — for Bright Dental',
      'withdrawn: Grace Hopper',
      'notification: Missed call from Ada Byron',
      'tray: No calls',
    ]);
  toy.connection.close();
  recorder.close();
});

/** A tray icon of a few lines, registered from a connection of its own. */
async function showToyItem(): Promise<{
  connection: Connection;
  tooltip: string;
  pixels: number;
  readonly done: string[];
}> {
  const connection = application;
  const toy = { connection, tooltip: 'No calls', pixels: 0, done: [] as string[] };
  connection.serve('/StatusNotifierItem', 'org.freedesktop.DBus.Properties', {
    GetAll: () => ({
      signature: 'a{sv}',
      body: [
        {
          Title: new Variant('s', 'Toy'),
          Status: new Variant('s', 'Active'),
          Menu: new Variant('o', '/Menu'),
          ToolTip: new Variant('(sa(iiay)ss)', ['', [], toy.tooltip, '']),
          IconPixmap: new Variant('a(iiay)', [[1, 1, Buffer.alloc(4, toy.pixels)]]),
        },
      ],
    }),
  });
  connection.serve('/StatusNotifierItem', 'org.kde.StatusNotifierItem', {
    Activate: (at) => {
      toy.done.push(`activate ${at.join(' ')}`);
      return { signature: '', body: [] };
    },
  });
  const leaf = (id: number, properties: object): Variant =>
    new Variant('(ia{sv}av)', [id, properties, []]);
  connection.serve('/Menu', 'com.canonical.dbusmenu', {
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
                label: new Variant('s', '_Do not disturb'),
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
      toy.done.push(`event ${String(id)} ${String(kind)}`);
      return { signature: '', body: [] };
    },
  });
  await connection.call({
    to: 'org.kde.StatusNotifierWatcher',
    path: '/StatusNotifierWatcher',
    of: 'org.kde.StatusNotifierWatcher',
    member: 'RegisterStatusNotifierItem',
    signature: 's',
    body: ['/StatusNotifierItem'],
  });
  return toy;
}
