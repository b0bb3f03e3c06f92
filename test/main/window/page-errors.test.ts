import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logPageErrors } from '../../../src/main/window/page-errors';

const error = vi.hoisted(() => vi.fn());
vi.mock('../../../src/main/logger', () => ({ log: { error } }));

const MINUTE_MS = 60_000;
const SOURCE = 'ringside://window/assets/index.js';

let app: EventEmitter;
let page: EventEmitter;

beforeEach(() => {
  vi.useFakeTimers();
  error.mockClear();
  app = new EventEmitter();
  logPageErrors(app as never);
  page = createPage();
});

afterEach(() => {
  vi.useRealTimers();
});

test.each(['Uncaught TypeError: odd', 'Uncaught (in promise) Error: odd'])(
  'logs an uncaught error with its location: %s',
  (message) => {
    writeToConsole(message);
    expect(error.mock.calls).toEqual([['page', `${message}\n    at ${SOURCE}:12`]]);
  },
);

test('logs an uncaught error that older Electron versions report', () => {
  page.emit('console-message', {}, 3, 'Uncaught Error: odd', 12, SOURCE);
  expect(error.mock.calls).toEqual([['page', `Uncaught Error: odd\n    at ${SOURCE}:12`]]);
});

test('logs an error in the preload script', () => {
  page.emit('preload-error', {}, '/home/maya/preload.cjs', new Error('odd'));
  expect(error.mock.calls).toEqual([['page', 'odd\n    at the preload script']]);
});

test('shortens long errors and removes control characters', () => {
  writeToConsole(`Uncaught ${'x\u001b[2J\n'.repeat(1_000_000)}`);
  const text = String(error.mock.calls[0]?.[1]);
  expect(text.length).toBeLessThan(1_100);
  expect(text.split('\n')).toHaveLength(2);
  expect(text).not.toContain('\u001b');
});

test('ignores other console messages', () => {
  writeToConsole('Grace Hopper is Uncaught');
  page.emit('console-message', {});
  expect(error).not.toHaveBeenCalled();
});

test('logs five errors in ten minutes over all pages, and then how many were omitted', () => {
  for (let count = 0; count < 999; count += 1) writeToConsole(`Uncaught ${count}`);
  page = createPage();
  writeToConsole('Uncaught in the next page');
  expect(error).toHaveBeenCalledTimes(5);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  writeToConsole('Uncaught again');
  expect(error.mock.calls.slice(5)).toEqual([
    ['page', '995 more errors were omitted'],
    ['page', `Uncaught again\n    at ${SOURCE}:12`],
  ]);
});

function createPage(): EventEmitter {
  const created = new EventEmitter();
  app.emit('web-contents-created', {}, created);
  return created;
}

function writeToConsole(message: string): void {
  page.emit('console-message', { message, level: 'error', lineNumber: 12, sourceId: SOURCE });
}
