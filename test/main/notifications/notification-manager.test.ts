import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Alert, MissedCall } from '../../../src/core/alerts/alert';
import { toLogEntry } from '../../../src/core/calls/call';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/core/settings/settings';
import {
  getAlertDestination,
  NotificationManager,
  type NotificationAction,
  type SystemNotification,
} from '../../../src/main/notifications/notification-manager';
import { DesktopServices } from '../../../src/main/platform/dbus';
import { createCall, createSession, ENGLISH, createCallSummary } from '../builders';

vi.mock('../../../src/main/logger', () => ({ log: { info: () => undefined } }));

const MISS: MissedCall = {
  summary: createCallSummary(),
  ringingSince: 0,
  ringMs: undefined,
  isInferred: false,
  foundDuring: 'live',
};
const MISSED: Alert = { kind: 'missed', key: 'missed:S-1', missedCall: MISS };
const DIGEST: Alert = {
  kind: 'missed-digest',
  key: 'many',
  missedCalls: [MISS, MISS],
  reason: 'away',
};
const createGroupedRings = (count: number): Alert => ({
  kind: 'grouped-rings',
  key: 'grouped-rings',
  summaries: Array.from({ length: count }, () => createCallSummary()),
});
const GROUPED_RINGS = createGroupedRings(4);
const LONG_HOLD: Alert = {
  kind: 'long-hold',
  key: 'held',
  summary: createCallSummary(),
  limitMs: 120_000,
};
const OFFLINE: Alert = {
  kind: 'connection-problem',
  key: 'connection-problem:offline',
  problem: 'offline',
};

let desktop: FakeDesktop;
let services: DesktopServices;
let settings: Settings;
let actions: [NotificationAction, Alert][];
let manager: NotificationManager;
let openedCount: number;

beforeEach(() => {
  vi.useFakeTimers();
  actions = [];
  openedCount = 0;
  settings = DEFAULT_SETTINGS;
  services = new DesktopServices('linux');
  desktop = new FakeDesktop();
  manager = createManager();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('NotificationManager: raising an alert', () => {
  test('shows a notification with its text', () => {
    raise(createRing());
    expect(desktop.visible).toMatchObject([{ title: 'Grace Hopper is calling Bright Dental' }]);
    expect(desktop.visible[0]?.body).toContain('Northside Group');
  });

  test('shows one notification if it is raised again', () => {
    raise(createRing(), createRing());
    raise(createRing());
    expect(desktop.shownCount).toBe(1);
  });

  test.each([true, false])('lets rings break through if the user wants that: %s', (isWanted) => {
    settings = { ...DEFAULT_SETTINGS, ringsBreakThrough: isWanted };
    raise(createRing());
    expect(desktop.created[0]?.options.urgency).toBe(isWanted ? 'critical' : 'normal');
  });

  test('shows nothing for a log effect', () => {
    manager.apply([{ kind: 'log', entry: toLogEntry(createCall([createSession(), 0])) }]);
    expect(desktop.created).toEqual([]);
  });
});

describe('NotificationManager: a message', () => {
  test('shows once, opens the window on a click, and closes when the app quits', () => {
    manager.showMessage('test');
    manager.showMessage('test');
    expect([...desktop.titles]).toEqual(['Test alert']);
    desktop.created[1]?.emit('click');
    expect(openedCount).toBe(1);
    expect(actions).toEqual([]);
    expect([...desktop.titles]).toEqual([]);
    manager.showMessage('hidden-window');
    expect(desktop.visible[0]?.body).toBe('Click its icon in the system tray to open it again.');
    manager.dispose();
    expect([...desktop.titles]).toEqual([]);
    createManager('darwin').showMessage('hidden-window');
    expect(desktop.visible[0]?.body).toContain('menu bar');
  });
});

describe('NotificationManager: markup in a name', () => {
  const ring = createRing({
    fromName: 'Smith & <Sons>',
    endpointName: '<b>R&D</b>',
    customerBreadcrumb: [],
  });

  test('is escaped in the body but not in the title if the desktop supports markup', () => {
    raise(ring);
    expect(desktop.visible[0]?.body).toContain('&lt;b&gt;R&amp;D&lt;/b&gt;');
    expect(desktop.visible[0]?.title).toMatch(/^Smith & <Sons> is/);
  });

  test('is unchanged if the desktop does not support markup', () => {
    services = new DesktopServices('win32');
    manager = createManager();
    raise(ring);
    expect(desktop.visible[0]?.body).toContain('<b>R&D</b>');
  });

  test('never creates a tag or an entity and loses no text', () => {
    const text = fc.string({ unit: fc.constantFrom('<', '>', '&', ';', 'a', '"'), minLength: 1 });
    fc.assert(
      fc.property(text, (endpointName) => {
        const key = { kind: 'ringing', key: endpointName } as const;
        raise({ ...key, summary: createCallSummary({ endpointName }) });
        const body = desktop.created.at(-1)?.body ?? '';
        expect(body).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        const read = body.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
        expect(read).toContain(endpointName);
        manager.dispose();
      }),
    );
  });
});

describe('NotificationManager: updating an alert', () => {
  test('changes the notification in place', () => {
    raise(createRing({ fromName: null }));
    update(createRing());
    vi.advanceTimersByTime(4_000);
    expect(desktop.created).toHaveLength(1);
    expect(desktop.visible).toMatchObject([{ title: 'Grace Hopper is calling Bright Dental' }]);
  });

  test('does nothing if the text stays the same', () => {
    raise(createRing());
    update(createRing());
    update(createRing({ dateLastModified: 'now' }));
    expect(desktop.shownCount).toBe(1);
  });

  test('shows rapid changes as one update every few seconds', () => {
    raise(GROUPED_RINGS);
    for (let count = 5; count < 65; count += 1) {
      update(createGroupedRings(count));
      vi.advanceTimersByTime(1_000);
    }
    vi.advanceTimersByTime(4_000);
    expect(desktop.created).toHaveLength(1);
    expect(desktop.shownCount).toBeLessThanOrEqual(17);
    expect(desktop.titles).toEqual(['64 calls are ringing']);
  });

  test('does not show a change that was quickly undone', () => {
    raise(GROUPED_RINGS);
    update(createGroupedRings(5));
    update(GROUPED_RINGS);
    vi.advanceTimersByTime(4_000);
    expect(desktop.shownCount).toBe(1);
  });

  test('does not reopen a notification that the user closed', () => {
    raise(createRing({ fromName: null }));
    update(createRing());
    desktop.created[0]?.emit('close');
    update(createRing());
    vi.advanceTimersByTime(4_000);
    expect(desktop.shownCount).toBe(1);
  });

  test('reopens a closed digest when it is raised for another call', () => {
    raise(DIGEST);
    desktop.created[0]?.emit('close');
    raise({ ...DIGEST, missedCalls: [MISS, MISS, MISS] });
    expect(desktop.titles.at(-1)).toBe('3 missed calls while you were away');
  });

  test('does nothing for an alert that was never raised', () => {
    update(createRing());
    expect(desktop.created).toEqual([]);
  });
});

describe('NotificationManager: withdrawing an alert', () => {
  test('closes the notification', () => {
    raise(createRing(), MISSED);
    withdraw(createRing());
    expect(desktop.titles).toEqual(['Missed call from Grace Hopper']);
  });

  test('does nothing if it is already closed', () => {
    raise(createRing(), MISSED);
    desktop.created[1]?.emit('close');
    withdraw(createRing(), createRing(), MISSED);
    expect(desktop.closedCount).toBe(1);
  });

  test('removes it from the notification center of Windows after it left the screen', () => {
    manager = createManager('win32');
    raise(createRing());
    desktop.created[0]?.emit('close', { reason: 'timedOut' });
    withdraw(createRing());
    expect(desktop.titles).toEqual([]);
  });

  test('allows the same alert to be raised again', () => {
    raise(createRing());
    withdraw(createRing());
    raise(createRing());
    expect(desktop.titles).toEqual(['Grace Hopper is calling Bright Dental']);
  });

  test('ignores a late close event of an earlier notification', () => {
    raise(createRing());
    withdraw(createRing());
    raise(createRing());
    desktop.created[0]?.emit('close');
    withdraw(createRing());
    expect(desktop.titles).toEqual([]);
  });
});

describe('NotificationManager: a click', () => {
  test('opens the latest version of the alert', () => {
    raise(createRing({ fromName: null }));
    const current = createRing();
    update(current);
    desktop.created[0]?.emit('click');
    expect(actions).toEqual([['open', current]]);
  });

  test('closes the notification if the desktop does not', () => {
    raise(createRing());
    desktop.created[0]?.emit('click');
    update(createRing({ fromName: 'Ada Byron' }));
    withdraw(createRing());
    expect([desktop.titles, desktop.closedCount]).toEqual([[], 1]);
  });

  test('on a button of a notification that became a digest does nothing', () => {
    raise(MISSED);
    raise({ ...DIGEST, key: MISSED.key });
    vi.advanceTimersByTime(4_000);
    desktop.created[0]?.emit('action', {}, 0);
    expect(desktop.created).toHaveLength(1);
    expect([desktop.created[0]?.actions, actions]).toEqual([[], []]);
  });

  test('on a button triggers its action', () => {
    raise(createRing(), MISSED, OFFLINE);
    desktop.created[0]?.emit('action', {}, 0);
    desktop.created[1]?.emit('action', {}, 0);
    desktop.created[1]?.emit('action', {}, 7);
    desktop.created[2]?.emit('action', {}, 0);
    expect(actions.map(([action]) => action)).toEqual(['do-not-disturb', 'call-back']);
  });

  test.each<[string, Alert, unknown]>([
    ['a ring opens the call', createRing(), { view: 'session', id: 'S-1' }],
    ['a missed call opens the call', MISSED, { view: 'session', id: 'S-1' }],
    ['a digest opens the missed calls', DIGEST, { view: 'missed' }],
    ['a connection problem opens the calls', OFFLINE, { view: 'calls' }],
  ])('on %s', (_, alert, destination) => {
    expect(getAlertDestination(alert)).toEqual(destination);
  });
});

describe('NotificationManager: a notification that fails', () => {
  beforeEach(() => {
    desktop.isServiceRunning = false;
  });

  test('is shown in its latest version once the desktop recovers', () => {
    raise(createRing({ fromName: null }), MISSED);
    update(createRing());
    expect(desktop.titles).toEqual([]);
    desktop.isServiceRunning = true;
    vi.advanceTimersByTime(60_000);
    expect(desktop.titles).toEqual([
      'Grace Hopper is calling Bright Dental',
      'Missed call from Grace Hopper',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is retried at growing intervals, up to a minute', () => {
    raise(MISSED);
    for (const delay of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      const attempts = desktop.attemptCount;
      vi.advanceTimersByTime(delay - 1);
      expect(desktop.attemptCount).toBe(attempts);
      vi.advanceTimersByTime(1);
      expect(desktop.attemptCount).toBe(attempts + 1);
    }
  });

  test('is shown as soon as the notification service starts', () => {
    raise(MISSED);
    desktop.isServiceRunning = true;
    services.emit('notificationsStarted');
    expect(desktop.titles).toEqual(['Missed call from Grace Hopper']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not shown after it was withdrawn', () => {
    raise(createRing());
    withdraw(createRing());
    desktop.isServiceRunning = true;
    vi.advanceTimersByTime(60_000);
    expect(desktop.shownCount).toBe(0);
  });
});

describe('NotificationManager: after a restart of the notification service', () => {
  test('current alerts are shown again once', () => {
    raise(createRing(), GROUPED_RINGS, LONG_HOLD, OFFLINE);
    const { titles } = desktop;
    expect(titles).toHaveLength(4);
    restartService();
    expect(desktop.titles).toEqual(titles);
    vi.advanceTimersByTime(60_000);
    expect(desktop.shownCount).toBe(8);
  });

  test('missed calls are not shown again', () => {
    raise(createRing(), MISSED, DIGEST);
    restartService();
    expect(desktop.titles).toEqual(['Grace Hopper is calling Bright Dental']);
  });

  test('a withdrawn ring is not shown again', () => {
    raise(createRing());
    withdraw(createRing());
    restartService();
    expect(desktop.titles).toEqual([]);
  });

  test('notifications are still updated and withdrawn', () => {
    raise(createRing());
    restartService();
    update(createRing({ fromName: 'Ada Byron' }));
    vi.advanceTimersByTime(4_000);
    expect(desktop.titles).toEqual(['Ada Byron is calling Bright Dental']);
    withdraw(createRing());
    expect(desktop.titles).toEqual([]);
  });

  test('a reused id is neither closed nor clicked for the earlier notification', () => {
    raise(MISSED, createRing());
    restartService();
    withdraw(MISSED);
    expect(desktop.titles).toEqual(['Grace Hopper is calling Bright Dental']);
    desktop.click(1);
    expect(actions).toEqual([['open', createRing()]]);
  });

  test('a notification of another program with a reused id stays open', () => {
    raise(createRing());
    desktop.stopService();
    services.emit('notificationsStopped');
    desktop.isServiceRunning = true;
    desktop.showForOtherProgram('Mail');
    services.emit('notificationsStarted');
    withdraw(createRing());
    expect(desktop.titles).toEqual(['Mail']);
  });

  test('a service that starts on demand shows the ring again', () => {
    raise(createRing());
    desktop.stopService();
    services.emit('notificationsStopped');
    desktop.isServiceRunning = true;
    vi.advanceTimersByTime(2_000);
    expect(desktop.titles).toEqual(['Grace Hopper is calling Bright Dental']);
    services.emit('notificationsStarted');
    expect(desktop.titles).toEqual(['Grace Hopper is calling Bright Dental']);
  });

  test('markup is escaped for the new service', () => {
    raise(createRing({ endpointName: 'R&D' }));
    vi.spyOn(services, 'capabilities', 'get').mockReturnValue({ tray: true, bodyMarkup: false });
    restartService();
    expect(desktop.visible[0]?.body).toContain('R&D');
  });

  test('a missed call that could not be shown before is shown', () => {
    desktop.stopService();
    raise(MISSED);
    services.emit('notificationsStopped');
    desktop.isServiceRunning = true;
    services.emit('notificationsStarted');
    expect(desktop.titles).toEqual(['Missed call from Grace Hopper']);
  });
});

test('NotificationManager closes all notifications on quit and shows none afterward', () => {
  raise(createRing(), MISSED);
  desktop.isServiceRunning = false;
  raise(OFFLINE);
  manager.dispose();
  expect(desktop.titles).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('NotificationManager shows exactly the raised alerts that were neither withdrawn nor closed', () => {
  const step = fc.tuple(
    fc.constantFrom('raise' as const, 'update' as const, 'withdraw' as const, 'close' as const),
    fc.constantFrom('1', '2', '3'),
    fc.constantFrom('Ada', 'Grace'),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      desktop = new FakeDesktop();
      services = new DesktopServices('linux');
      manager = createManager();
      const expected = new Map<string, string>();
      for (const [kind, id, name] of steps) {
        const title = `${name} ${id} is calling Bright Dental`;
        if (kind === 'raise') expected.set(id, title);
        if (kind === 'update' && expected.has(id)) expected.set(id, title);
        if (kind === 'withdraw' || kind === 'close') expected.delete(id);
        if (kind === 'close')
          desktop.visible.find((one) => one.title.includes(` ${id} `))?.dismiss();
        else manager.apply([{ kind, alert: createRing({ id, fromName: `${name} ${id}` }) }]);
      }
      vi.advanceTimersByTime(4_000);
      expect([...desktop.titles].sort()).toEqual([...expected.values()].sort());
    }),
  );
});

function createManager(platform: NodeJS.Platform = 'linux'): NotificationManager {
  return new NotificationManager(
    ENGLISH,
    services,
    { get: () => settings },
    (action, alert) => actions.push([action, alert]),
    () => (openedCount += 1),
    platform,
    (options) => desktop.create(options),
  );
}

function createRing(fields: Readonly<Record<string, unknown>> = {}): Alert {
  const summary = createCallSummary(fields);
  return { kind: 'ringing', key: `ringing:${summary.id}`, summary };
}

function raise(...alerts: readonly Alert[]): void {
  manager.apply(alerts.map((alert) => ({ kind: 'raise', alert })));
}

function update(alert: Alert): void {
  manager.apply([{ kind: 'update', alert }]);
}

function withdraw(...alerts: readonly Alert[]): void {
  manager.apply(alerts.map((alert) => ({ kind: 'withdraw', alert })));
}

function restartService(): void {
  desktop.stopService();
  services.emit('notificationsStopped');
  desktop.isServiceRunning = true;
  services.emit('notificationsStarted');
}

/** A notification service that numbers notifications from one after each start. */
class FakeDesktop {
  isServiceRunning = true;
  readonly created: FakeNotification[] = [];
  attemptCount = 0;
  shownCount = 0;
  closedCount = 0;
  readonly #open = new Map<number, { readonly title: string }>();
  #lastId = 0;

  create(options: NotificationConstructorOptions): FakeNotification {
    const notification = new FakeNotification(this, options);
    this.created.push(notification);
    return notification;
  }

  get titles(): readonly string[] {
    return [...this.#open.values()].map(({ title }) => title);
  }

  get visible(): readonly FakeNotification[] {
    return [...this.#open.values()].filter(
      (notification) => notification instanceof FakeNotification,
    );
  }

  stopService(): void {
    this.isServiceRunning = false;
    this.#open.clear();
    this.#lastId = 0;
  }

  showForOtherProgram(title: string): void {
    this.show({ title });
  }

  show(notification: { readonly title: string }): number | undefined {
    this.attemptCount += 1;
    if (!this.isServiceRunning) return undefined;
    this.shownCount += 1;
    this.#lastId += 1;
    this.#open.set(this.#lastId, notification);
    return this.#lastId;
  }

  close(id: number | undefined): void {
    this.closedCount += 1;
    if (id !== undefined) this.#open.delete(id);
  }

  /** The service reports a click by id to every notification that ever had this id. */
  click(id: number): void {
    for (const notification of this.created) if (notification.id === id) notification.emit('click');
  }
}

/** Closes itself before it is shown again and emits no event when closed, as Electron's does. */
class FakeNotification extends EventEmitter implements SystemNotification {
  title: string;
  body: string;
  actions: NotificationConstructorOptions['actions'];
  id: number | undefined;

  constructor(
    private readonly desktop: FakeDesktop,
    readonly options: NotificationConstructorOptions,
  ) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.actions = options.actions;
  }

  show(): void {
    if (this.id !== undefined) this.desktop.close(this.id);
    this.id = this.desktop.show(this);
    this.emit(this.id === undefined ? 'failed' : 'show');
  }

  close(): void {
    this.desktop.close(this.id);
    this.id = undefined;
  }

  /** Simulates that the user closes it. */
  dismiss(): void {
    this.close();
    this.emit('close');
  }
}
