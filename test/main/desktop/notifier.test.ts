import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../../../src/core/alert';
import { entryOf } from '../../../src/core/watch/call';
import type { Effect } from '../../../src/core/watch/decide';
import {
  Notifier,
  type AlertAction,
  type NotificationHandle,
  type NotificationWish,
} from '../../../src/main/desktop/notifier';
import { alertWords } from '../../../src/main/alert-words';
import { escapeMarkup } from '../../../src/main/desktop/markup';
import { HandTimers } from '../hand-timers';
import { aCall, aSession, ENGLISH, someFacts } from '../builders';

let screen: Screen;
let acts: [AlertAction | 'open', Alert][];
let notifier: Notifier;
let timers: HandTimers;

beforeEach(() => {
  timers = new HandTimers();
  screen = new Screen();
  acts = [];
  notifier = new Notifier({
    make: (wish) => screen.make(wish),
    words: (alert) => alertWords(alert, ENGLISH),
    escape: escapeMarkup,
    act: (action, alert) => acts.push([action, alert]),
    service: () => Promise.resolve(undefined),
    after: timers.after,
  });
});

describe('an alert that is raised', () => {
  test('is on the screen, in its words', () => {
    notifier.apply([raise(ringing())]);
    expect(screen.open).toMatchObject([{ title: 'Grace Hopper' }]);
    expect(screen.open[0]?.body).toContain('for Northside Group › Bright Dental');
  });

  test('twice is there once', () => {
    notifier.apply([raise(ringing()), raise(ringing())]);
    notifier.apply([raise(ringing())]);
    expect(screen.made).toHaveLength(1);
    expect(screen.shows).toBe(1);
  });

  test('stays until it is taken down, unless it only tells of trouble', () => {
    notifier.apply([raise(ringing()), raise(missed()), raise(TROUBLE)]);
    expect(screen.made.map(({ wish }) => wish.lasting)).toEqual([true, true, false]);
  });

  test('is urgent where somebody waits at the other end', () => {
    const many: Alert = { kind: 'ringing-many', key: 'ringing-many', count: 4 };
    notifier.apply([raise(ringing()), raise(many), raise(missed()), raise(TROUBLE)]);
    expect(screen.made.map(({ wish }) => wish.urgency)).toEqual([
      'critical',
      'critical',
      'normal',
      'normal',
    ]);
  });

  test('shows markup in a name as the text it is', () => {
    notifier.apply([raise(ringing({ customerName: '<b>R&D</b>', customerBreadcrumb: [] }))]);
    expect(screen.open[0]?.body).toContain('for &lt;b&gt;R&amp;D&lt;/b&gt;');
  });

  test('leaves the title alone, which nobody reads as markup', () => {
    notifier.apply([raise(ringing({ fromName: 'Smith & <Sons>' }))]);
    expect(screen.open[0]?.title).toBe('Smith & <Sons>');
  });
});

describe('an alert that is updated', () => {
  test('says the new words in its place', () => {
    notifier.apply([raise(ringing({ fromName: null }))]);
    notifier.apply([update(ringing())]);
    expect(screen.made).toHaveLength(1);
    expect(screen.open).toMatchObject([{ title: 'Grace Hopper' }]);
  });

  test('with words that are the same is left as it is', () => {
    notifier.apply([raise(ringing())]);
    notifier.apply([update(ringing()), update(ringing({ dateLastModified: 'now' }))]);
    expect(screen.shows).toBe(1);
  });

  test('after the person closed it stays closed', () => {
    notifier.apply([raise(ringing({ fromName: null }))]);
    screen.made[0]?.emit('close');
    notifier.apply([update(ringing())]);
    expect(screen.shows).toBe(1);
    expect(screen.made).toHaveLength(1);
  });

  test('that was never raised is not there', () => {
    notifier.apply([update(ringing())]);
    expect(screen.made).toEqual([]);
  });
});

describe('an alert that is withdrawn', () => {
  test('is gone', () => {
    notifier.apply([raise(ringing()), raise(missed())]);
    notifier.apply([withdraw(ringing())]);
    expect(screen.open.map(({ title }) => title)).toEqual(['Missed call from Grace Hopper']);
  });

  test('twice, or after the person closed it, is gone once', () => {
    notifier.apply([raise(ringing()), raise(missed())]);
    screen.made[1]?.emit('close');
    notifier.apply([withdraw(ringing()), withdraw(ringing()), withdraw(missed())]);
    expect(screen.closes).toBe(1);
  });

  test('may be raised again', () => {
    notifier.apply([raise(ringing()), withdraw(ringing()), raise(ringing())]);
    expect(screen.made).toHaveLength(2);
    expect(screen.open).toHaveLength(1);
  });

  test('while the system tells of the old one leaves the new one alone', () => {
    notifier.apply([raise(ringing()), withdraw(ringing()), raise(ringing())]);
    screen.made[0]?.emit('close');
    notifier.apply([withdraw(ringing())]);
    expect(screen.open).toEqual([]);
  });
});

describe('an alert that the desktop could not show', () => {
  beforeEach(() => {
    screen.isThere = false;
  });

  test('is shown as soon as it can, as it is by then', async () => {
    notifier.apply([raise(ringing({ fromName: null })), raise(missed())]);
    notifier.apply([update(ringing())]);
    expect(screen.open).toEqual([]);
    screen.isThere = true;
    await timers.passes(2_000);
    expect(screen.open.map(({ title }) => title)).toEqual([
      'Grace Hopper',
      'Missed call from Grace Hopper',
    ]);
    expect(timers.delays).toEqual([]);
  });

  test('is tried less and less often, as long as nobody shows it', async () => {
    notifier.apply([raise(missed())]);
    for (const wait of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      expect(timers.delays).toEqual([wait]);
      await timers.passes(wait);
    }
    screen.isThere = true;
    await timers.passes(60_000);
    screen.isThere = false;
    notifier.apply([raise(ringing())]);
    expect(timers.delays).toEqual([2_000]);
  });

  test('is not shown any more once it is withdrawn', async () => {
    notifier.apply([raise(ringing()), withdraw(ringing())]);
    screen.isThere = true;
    await timers.passes(60_000);
    expect(screen.open).toEqual([]);
    expect(screen.shows).toBe(1);
  });

  test('is not shown any more at the end', () => {
    notifier.apply([raise(ringing())]);
    notifier.closeAll();
    expect(timers.delays).toEqual([]);
  });
});

describe('a click', () => {
  test('opens what the alert is about, as it is by now', () => {
    notifier.apply([raise(ringing({ fromName: null }))]);
    const current = ringing();
    notifier.apply([update(current)]);
    screen.made[0]?.emit('click');
    expect(acts).toEqual([['open', current]]);
  });

  test('takes the notification along, also where the desktop would leave it there', () => {
    notifier.apply([raise(ringing())]);
    screen.made[0]?.emit('click');
    expect(screen.open).toEqual([]);
    notifier.apply([update(ringing({ fromName: 'Ada Byron' })), withdraw(ringing())]);
    expect(screen.open).toEqual([]);
    expect(screen.closes).toBe(1);
  });

  test('on a button does what it says', () => {
    notifier.apply([raise(ringing()), raise(missed())]);
    screen.made[0]?.emit('action', 0);
    screen.made[1]?.emit('action', 0);
    screen.made[1]?.emit('action', 7);
    expect(acts.map(([action]) => action)).toEqual(['silence', 'call-back']);
  });

  test('on a button that is not there does nothing', () => {
    notifier.apply([raise(TROUBLE)]);
    screen.made[0]?.emit('action', 0);
    expect(acts).toEqual([]);
  });
});

test('what is on the screen is held on to, so that its click is not lost', () => {
  notifier.apply(['1', '2', '3'].map((id) => raise(ringing({ id }))));
  for (const { emit } of screen.made) emit('click');
  expect(acts.map(([, alert]) => alert.key)).toEqual(['ringing:1', 'ringing:2', 'ringing:3']);
});

test('at the end everything is taken down, once', () => {
  notifier.apply([raise(ringing()), raise(missed()), raise(TROUBLE)]);
  notifier.closeAll();
  notifier.closeAll();
  expect(screen.open).toEqual([]);
  expect(screen.closes).toBe(3);
});

test('log lines are nothing to show', () => {
  notifier.apply([{ kind: 'log', entry: entryOf(aCall([aSession(), 0])) }]);
  expect(screen.made).toEqual([]);
});

test('whatever happens, the screen shows what was raised and neither withdrawn nor closed', () => {
  const id = fc.constantFrom('1', '2', '3');
  const step = fc.tuple(
    fc.constantFrom('raise' as const, 'update' as const, 'withdraw' as const, 'close' as const),
    id,
    fc.constantFrom('Ada', 'Grace'),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const desk = new Screen();
      const subject = new Notifier({
        make: (wish) => desk.make(wish),
        words: (alert) => alertWords(alert, ENGLISH),
        escape: (text) => text,
        act: () => undefined,
        service: () => Promise.resolve(undefined),
        after: new HandTimers().after,
      });
      const wanted = new Map<string, string>();
      for (const [what, one, name] of steps) {
        const title = `${name} ${one}`;
        if (what === 'raise') wanted.set(one, title);
        if (what === 'update' && wanted.has(one)) wanted.set(one, title);
        if (what === 'withdraw' || what === 'close') wanted.delete(one);
        if (what === 'close') desk.open.find((shown) => shown.title.endsWith(one))?.emit('close');
        else subject.apply([{ kind: what, alert: ringing({ id: one, fromName: title }) }]);
      }
      expect(desk.open.map(({ title }) => title).sort()).toEqual([...wanted.values()].sort());
    }),
  );
});

const TROUBLE: Alert = { kind: 'trouble', key: 'trouble:offline', trouble: 'offline' };

function ringing(fields: Readonly<Record<string, unknown>> = {}): Alert {
  const facts = someFacts(fields);
  return { kind: 'ringing', key: `ringing:${facts.id}`, facts };
}

function missed(): Alert {
  const miss = {
    facts: someFacts(),
    at: 0,
    rang: undefined,
    inferred: false,
    found: 'now',
  } as const;
  return { kind: 'missed', key: 'missed:S-1', miss };
}

function raise(alert: Alert): Effect {
  return { kind: 'raise', alert };
}

function update(alert: Alert): Effect {
  return { kind: 'update', alert };
}

function withdraw(alert: Alert): Effect {
  return { kind: 'withdraw', alert };
}

/** A screen of notifications that behaves as a system does. */
class Screen {
  /** Whether anything shows notifications at all. */
  isThere = true;
  readonly made: FakeNotification[] = [];

  make(wish: NotificationWish): FakeNotification {
    const made = new FakeNotification(wish, () => this.isThere);
    this.made.push(made);
    return made;
  }

  get open(): readonly FakeNotification[] {
    return this.made.filter(({ isOpen }) => isOpen);
  }

  get shows(): number {
    return this.made.reduce((sum, { shows }) => sum + shows, 0);
  }

  get closes(): number {
    return this.made.reduce((sum, { closes }) => sum + closes, 0);
  }
}

class FakeNotification implements NotificationHandle {
  title: string;
  body: string;
  isOpen = false;
  shows = 0;
  closes = 0;
  readonly #listeners = new Map<string, (event: unknown, index: number) => void>();

  constructor(
    readonly wish: NotificationWish,
    private readonly canShow: () => boolean,
  ) {
    this.title = wish.title;
    this.body = wish.body;
  }

  show(): void {
    this.shows += 1;
    this.isOpen = this.canShow();
    this.#listeners.get(this.isOpen ? 'show' : 'failed')?.({}, 0);
  }

  close(): void {
    this.closes += 1;
    this.isOpen = false;
  }

  on(event: string, listener: (event: unknown, index: number) => void): unknown {
    this.#listeners.set(event, listener);
    return this;
  }

  removeAllListeners(): unknown {
    this.#listeners.clear();
    return this;
  }

  readonly emit = (event: 'click' | 'close' | 'action', index = 0): void => {
    if (event === 'close') this.isOpen = false;
    this.#listeners.get(event)?.({}, index);
  };
}
