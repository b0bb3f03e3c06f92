import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BusNotifications } from '../../../src/main/notifications/bus-notifications';
import { connectToSessionBus } from '../../../src/main/platform/session-bus';
import { startPrivateBus, type PrivateBus } from '../../e2e/desktop/dbus';
import { NotificationDaemon } from '../../e2e/desktop/notification-daemon';

vi.mock('electron', () => ({ app: {}, Notification: undefined }));

describe.runIf(hasDbusDaemon())('notifications on the session bus', () => {
  let folder: string;
  let bus: PrivateBus;
  let daemon: NotificationDaemon;
  let canHaveActions: boolean;
  const created: BusNotifications[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-notifications-'));
    bus = await startPrivateBus();
    daemon = await NotificationDaemon.start(bus.address);
    canHaveActions = true;
  });

  afterEach(async () => {
    for (const one of created.splice(0)) await one.dispose();
    daemon.close();
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the notifications as a new run of the app does. */
  function open(): BusNotifications {
    const style = {
      appName: 'Ringside',
      desktopEntry: 'ringside',
      icon: '/profile/icon.png',
      getOpenLabel: () => 'Open',
      canHaveActions: () => canHaveActions,
    };
    const notifications = new BusNotifications(join(folder, 'notifications.json'), style, () =>
      connectToSessionBus(bus.address),
    );
    created.push(notifications);
    return notifications;
  }

  function show(title: string, notifications = open()) {
    const notification = notifications.create({
      title,
      body: 'for Bright Dental',
      urgency: 'critical',
      timeoutType: 'never',
      actions: [{ type: 'button', text: 'Do Not Disturb' }],
    });
    notification.show();
    return notification;
  }

  test('have texts, urgency, and buttons', async () => {
    show('half \ud83d and \0');
    const { appName, icon, title, body, actions, hints, timeout } = await daemon.waitForOpen({});
    expect({ appName, icon, title, body, actions, hints, timeout }).toEqual({
      appName: 'Ringside',
      icon: '/profile/icon.png',
      title: 'half \ufffd and ',
      body: 'for Bright Dental',
      actions: ['default', 'button-0'],
      hints: { urgency: 2, 'desktop-entry': 'ringside' },
      timeout: 0,
    });
  });

  test('have no buttons if the service supports none', async () => {
    canHaveActions = false;
    show('Grace');
    expect((await daemon.waitForOpen({ title: 'Grace' })).actions).toEqual([]);
  });

  test('are updated in place and closed', async () => {
    const notification = show('1 call');
    await daemon.waitForOpen({ title: '1 call' });
    Object.assign(notification, { title: '2 calls' }).show();
    const { id, replacesId } = await daemon.waitForOpen({ title: '2 calls' });
    expect(replacesId).toBe(id);
    expect(daemon.closed).toEqual([]);
    notification.close();
    await daemon.waitForClosed(id);
  });

  test('report clicks, buttons, and dismissals', async () => {
    const notification = show('Grace');
    const events: unknown[] = [];
    notification.on('click', () => events.push('click'));
    notification.on('action', (_, index) => events.push(index));
    notification.on('close', () => events.push('close'));
    daemon.click((await daemon.waitForOpen({ title: 'Grace' })).id);
    await expect.poll(() => events).toEqual(['click', 'close']);
    notification.show();
    daemon.click((await daemon.waitForOpen({ title: 'Grace' })).id, 'button-0');
    await expect.poll(() => events).toEqual(['click', 'close', 0, 'close']);
  });

  test('block nothing while the service hangs and are all closed when it recovers', async () => {
    const resume = daemon.hang();
    const notifications = open();
    const withdrawn = show('withdrawn', notifications);
    const changed = show('1 call', notifications);
    Object.assign(changed, { title: '2 calls' }).show();
    withdrawn.close();
    resume();
    await daemon.waitForOpen({ title: '2 calls' });
    await expect.poll(() => daemon.open.map(({ title }) => title)).toEqual(['2 calls']);
  });

  test('report a missing service', async () => {
    daemon.close();
    const notification = show('Grace');
    const failed = vi.fn();
    notification.on('failed', failed);
    await expect.poll(() => failed.mock.calls.length).toBe(1);
  });

  test('of a killed run are closed by the next one', async () => {
    show('left behind');
    const { id } = await daemon.waitForOpen({ title: 'left behind' });
    await expect.poll(() => existsSync(join(folder, 'notifications.json'))).toBe(true);
    const next = open();
    const leftovers = next.closeLeftovers();
    show('new', next);
    await leftovers;
    expect(daemon.closed.map((closed) => closed.id)).toEqual([id]);
    await daemon.waitForOpen({ title: 'new' });
  });

  test('of another service are not closed', async () => {
    show('left behind');
    await daemon.waitForOpen({ title: 'left behind' });
    await expect.poll(() => existsSync(join(folder, 'notifications.json'))).toBe(true);
    daemon.close();
    daemon = await NotificationDaemon.start(bus.address);
    await open().closeLeftovers();
    expect(daemon.closed).toEqual([]);
  });
});

function hasDbusDaemon(): boolean {
  try {
    execFileSync('dbus-daemon', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
