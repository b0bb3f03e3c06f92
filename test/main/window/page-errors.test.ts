import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { hearPageErrors } from '../../../src/main/window/page-errors';

const MINUTE = 60_000;
const SOURCE = 'ringside://window/assets/index.js';

let app: EventEmitter;
let page: EventEmitter;
let told: string[];
let now: number;

beforeEach(() => {
  app = new EventEmitter();
  told = [];
  now = 0;
  hearPageErrors(
    app as unknown as Parameters<typeof hearPageErrors>[0],
    (text) => told.push(text),
    () => now,
  );
  page = newPage();
});

describe('what nobody caught in a page', () => {
  test.each(['Uncaught TypeError: odd', 'Uncaught (in promise) Error: odd'])(
    'is told with its place: %s',
    (message) => {
      writes(message);
      expect(told).toEqual([`${message}\n    at ${SOURCE}:12`]);
    },
  );

  test('is told by an older Electron too', () => {
    page.emit('console-message', {}, 3, 'Uncaught Error: odd', 12, SOURCE);
    expect(told).toEqual([`Uncaught Error: odd\n    at ${SOURCE}:12`]);
  });

  test('is told also where it is the preload’s', () => {
    page.emit('preload-error', {}, '/home/maya/preload.cjs', new Error('odd'));
    expect(told).toEqual(['odd\n    at the preload']);
  });

  test('is one short line and its place, whatever was thrown', () => {
    writes(`Uncaught ${'x\u001b[2J\n'.repeat(1_000_000)}`);
    expect(told[0]?.length).toBeLessThan(1_100);
    expect(told[0]?.split('\n')).toHaveLength(2);
    expect(told[0]).not.toContain('\u001b');
  });
});

test('what is no error is not told', () => {
  writes('Grace Hopper is Uncaught');
  page.emit('console-message', {});
  expect(told).toEqual([]);
});

describe('a page in a loop', () => {
  test('is told a few times, whichever page it is', () => {
    for (let error = 0; error < 1_000; error += 1) writes(`Uncaught ${error}`);
    page = newPage();
    writes('Uncaught in the next page');
    expect(told).toHaveLength(5);
  });

  test('is told again after a while, with what was left out', () => {
    for (let error = 0; error < 1_000; error += 1) writes(`Uncaught ${error}`);
    now = 10 * MINUTE;
    writes('Uncaught again');
    expect(told.slice(5)).toEqual([
      '995 more errors were left out',
      `Uncaught again\n    at ${SOURCE}:12`,
    ]);
  });

  test('fills no more of a day’s log than a few hundred lines', () => {
    for (; now < 24 * 60 * MINUTE; now += MINUTE / 10) writes('Uncaught Error: odd');
    expect(told.length).toBeLessThan(1_000);
  });
});

function newPage(): EventEmitter {
  const created = new EventEmitter();
  app.emit('web-contents-created', {}, created);
  return created;
}

function writes(message: string): void {
  page.emit('console-message', { message, level: 'error', lineNumber: 12, sourceId: SOURCE });
}
