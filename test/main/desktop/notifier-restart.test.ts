import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import type { Alert, Miss } from '../../../src/core/alert';
import { alertWords } from '../../../src/main/alert-words';
import {
  Notifier,
  type NotificationHandle,
  type NotificationWish,
} from '../../../src/main/desktop/notifier';
import { ENGLISH, someFacts } from '../builders';
import { HandTimers, settled } from '../hand-timers';

/** Longer than until the next look, in ms. */
const A_WHILE = 5_000;

const miss: Miss = { facts: someFacts(), at: 0, rang: undefined, inferred: false, found: 'now' };
const RINGING: Alert = { kind: 'ringing', key: 'ringing:S-1:1', facts: someFacts() };
const MISSED: Alert = { kind: 'missed', key: 'missed:S-1', miss };

let desktop: Desktop;
let timers: HandTimers;
let notifier: Notifier;
let opened: Alert[];

beforeEach(() => {
  desktop = new Desktop();
  timers = new HandTimers();
  opened = [];
  notifier = new Notifier({
    make: (wish) => new OnDesktop(desktop, wish),
    words: (alert) => alertWords(alert, ENGLISH),
    escape: (text) => text,
    act: (_, alert) => opened.push(alert),
    service: () => Promise.resolve(desktop.service),
    after: timers.after,
  });
});

test('what goes on is shown once more by notifications that were started anew', async () => {
  const goingOn: readonly Alert[] = [
    RINGING,
    { kind: 'ringing-many', key: 'ringing-many', count: 4 },
    { kind: 'held-long', key: 'held:S-2:1', facts: someFacts(), limit: 120_000 },
    { kind: 'trouble', key: 'trouble:offline', trouble: 'offline' },
  ];
  await raise(...goingOn);
  const before = desktop.titles;
  expect(before).toHaveLength(4);
  desktop.restarts();
  expect(desktop.titles).toEqual([]);
  await timers.passes(A_WHILE);
  expect(desktop.titles).toEqual(before);
  await timers.passes(10 * A_WHILE);
  expect(desktop.shows).toBe(8);
});

test('what is over is not told again', async () => {
  await raise(RINGING, MISSED, {
    kind: 'missed-many',
    key: 'missed-many:S-1',
    misses: [miss, miss],
    because: 'away',
  });
  notifier.apply([{ kind: 'withdraw', alert: RINGING }]);
  await raise({ ...RINGING, key: 'ringing:S-1:2' });
  desktop.restarts();
  await timers.passes(A_WHILE);
  expect(desktop.titles).toEqual(['Grace Hopper']);
});

test('it is shown as it is by then, and still comes down', async () => {
  await raise(RINGING);
  desktop.restarts();
  await timers.passes(A_WHILE);
  const facts = someFacts({ fromName: 'Ada Byron' });
  notifier.apply([{ kind: 'update', alert: { ...RINGING, facts } }]);
  expect(desktop.titles).toEqual(['Ada Byron']);
  notifier.apply([{ kind: 'withdraw', alert: RINGING }]);
  expect(desktop.titles).toEqual([]);
  await timers.passes(A_WHILE);
  expect(timers.delays).toEqual([]);
});

test('with nobody to show it, it waits until there is somebody', async () => {
  await raise(RINGING);
  desktop.stops();
  await timers.passes(A_WHILE);
  desktop.restarts();
  await timers.passes(2 * A_WHILE);
  expect(desktop.titles).toEqual(['Grace Hopper']);
  expect(desktop.shows).toBe(2);
});

test('a number that was given again is not closed, and its click opens one thing', async () => {
  await raise(MISSED, RINGING);
  desktop.restarts();
  await timers.passes(A_WHILE);
  notifier.apply([{ kind: 'withdraw', alert: MISSED }]);
  expect(desktop.titles).toEqual(['Grace Hopper']);
  desktop.click(1);
  expect(opened).toEqual([RINGING]);
});

test('what another program shows under a number that was lost stays where it is', async () => {
  await raise(RINGING);
  desktop.restarts();
  desktop.showsFor('another program');
  await timers.passes(A_WHILE);
  expect(desktop.titles).toEqual(['another program', 'Grace Hopper']);
});

test('what nobody could show is tried again, and not looked for', async () => {
  await raise(RINGING);
  desktop.stops();
  const facts = someFacts({ fromName: 'Ada Byron' });
  notifier.apply([{ kind: 'update', alert: { ...RINGING, facts } }]);
  expect(timers.delays).toHaveLength(1);
});

test('a look at the end of everything shows nothing', async () => {
  await raise(RINGING);
  desktop.restarts();
  notifier.closeAll();
  await timers.passes(A_WHILE);
  expect(desktop.shows).toBe(1);
  expect(timers.delays).toEqual([]);
});

async function raise(...alerts: readonly Alert[]): Promise<void> {
  notifier.apply(alerts.map((alert) => ({ kind: 'raise', alert })));
  await settled();
}

/** What shows notifications: numbers them from one, and knows of nothing once it is started anew. */
class Desktop {
  service: string | undefined = ':1.1';
  shows = 0;
  readonly #open = new Map<number, { readonly title: string }>();
  /** Everything that was ever given a number: whoever has it hears of it. */
  readonly #numbered: OnDesktop[] = [];
  #starts = 1;
  #last = 0;

  get titles(): readonly string[] {
    return [...this.#open.values()].map(({ title }) => title);
  }

  stops(): void {
    this.#open.clear();
    this.service = '';
  }

  restarts(): void {
    this.stops();
    this.#starts += 1;
    this.#last = 0;
    this.service = `:1.${this.#starts}`;
  }

  show(one: OnDesktop): number | undefined {
    if (this.service === '') return undefined;
    this.shows += 1;
    this.#numbered.push(one);
    return this.#put(one);
  }

  /** Another program shows something. */
  showsFor(title: string): void {
    this.#put({ title });
  }

  close(number: number): void {
    this.#open.delete(number);
  }

  click(number: number): void {
    for (const one of this.#numbered) if (one.number === number) one.emit('click');
  }

  #put(one: { readonly title: string }): number {
    this.#last += 1;
    this.#open.set(this.#last, one);
    return this.#last;
  }
}

/** As Electron has them: one that is shown again is closed first, by the number it had. */
class OnDesktop extends EventEmitter implements NotificationHandle {
  title: string;
  body: string;
  number: number | undefined;

  constructor(
    private readonly desktop: Desktop,
    wish: NotificationWish,
  ) {
    super();
    this.title = wish.title;
    this.body = wish.body;
  }

  show(): void {
    this.close();
    this.number = this.desktop.show(this);
    this.emit(this.number === undefined ? 'failed' : 'show');
  }

  close(): void {
    if (this.number !== undefined) this.desktop.close(this.number);
    this.number = undefined;
  }
}
