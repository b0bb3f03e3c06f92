import { beforeEach, describe, expect, test } from 'vitest';
import { ServiceWatch } from '../../../src/main/desktop/service-watch';
import { HandTimers, settled } from '../hand-timers';

const LOOK = 3_000;

let timers: HandTimers;
/** Who shows notifications now. */
let service: string | undefined;
let asked: number;
let lost: string[];
/** What happens while the next answer is on its way. */
let meanwhile: () => void;
let watch: ServiceWatch<string>;

beforeEach(() => {
  timers = new HandTimers();
  service = ':1.5';
  asked = 0;
  lost = [];
  meanwhile = () => undefined;
  watch = new ServiceWatch({
    service: () => {
      asked += 1;
      const happens = meanwhile;
      meanwhile = () => undefined;
      happens();
      return Promise.resolve(service);
    },
    matters: (one) => one.startsWith('ring'),
    onLost: (one) => lost.push(one),
    after: timers.after,
  });
});

describe('what was shown before a restart', () => {
  test('is lost, once, whatever it is about', async () => {
    watch.shown('ring 1');
    watch.shown('miss');
    await settled();
    service = ':1.9';
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 1', 'miss']);
    await timers.passes(10 * LOOK);
    expect(lost).toEqual(['ring 1', 'miss']);
  });

  test('is lost also as long as nobody has started it again', async () => {
    watch.shown('ring 1');
    await settled();
    service = '';
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 1']);
  });

  test('is lost no more when it had gone before', async () => {
    watch.shown('ring 1');
    watch.shown('ring 2');
    await settled();
    watch.gone('ring 1');
    service = ':1.9';
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 2']);
  });
});

describe('nothing is lost', () => {
  test('that was shown after the restart, or once more since', async () => {
    watch.shown('ring 1');
    watch.shown('ring 2');
    await settled();
    service = ':1.9';
    watch.shown('ring 2');
    watch.shown('ring 3');
    await settled();
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 1']);
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 1']);
  });

  test('that is shown while it is looked', async () => {
    watch.shown('ring 1');
    await settled();
    service = ':1.9';
    meanwhile = () => {
      watch.shown('ring 2');
    };
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 1']);
  });

  test('while it cannot be told who shows it', async () => {
    watch.shown('ring 1');
    await settled();
    service = undefined;
    await timers.passes(2 * LOOK);
    expect(lost).toEqual([]);
    service = ':1.9';
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 1']);
  });

  test('of which it was never known who showed it', async () => {
    service = undefined;
    watch.shown('ring 1');
    await settled();
    service = ':1.9';
    expect(timers.delays).toEqual([]);
  });

  test('that is gone by the time it is known who showed it', async () => {
    meanwhile = () => {
      watch.gone('ring 1');
    };
    watch.shown('ring 1');
    watch.shown('ring 2');
    await settled();
    service = ':1.9';
    await timers.passes(LOOK);
    expect(lost).toEqual(['ring 2']);
  });
});

describe('a look', () => {
  test('is taken only while something is up that matters', async () => {
    watch.shown('miss');
    await settled();
    expect(timers.delays).toEqual([]);
    watch.shown('ring 1');
    watch.shown('ring 2');
    await settled();
    expect(timers.delays).toEqual([LOOK]);
    watch.gone('ring 1');
    expect(timers.delays).toEqual([LOOK]);
    watch.gone('ring 2');
    expect(timers.delays).toEqual([]);
  });

  test('is one for all that is shown in one go', async () => {
    for (const one of ['ring 1', 'ring 2', 'miss']) watch.shown(one);
    await settled();
    expect(asked).toBe(1);
    await timers.passes(LOOK);
    expect(asked).toBe(2);
  });
});
