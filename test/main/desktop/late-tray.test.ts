import { beforeEach, expect, test } from 'vitest';
import { LateTray } from '../../../src/main/desktop/late-tray';
import { HandTimers, settled } from '../hand-timers';

let timers: HandTimers;
let hasTray: boolean;
let looks: number;
let told: string[];
let late: LateTray;

beforeEach(() => {
  timers = new HandTimers();
  hasTray = false;
  looks = 0;
  told = [];
  late = new LateTray({
    hasTray: () => {
      looks += 1;
      return Promise.resolve(hasTray);
    },
    onTray: () => told.push('tray'),
    onNone: () => told.push('none'),
    after: timers.after,
  });
});

test('a tray that comes late is noticed within seconds, and once', async () => {
  late.wait();
  await timers.passes(20_000);
  expect(told).toEqual([]);
  hasTray = true;
  await timers.passes(3_000);
  expect(told).toEqual(['tray']);
  await timers.passes(600_000);
  expect([told, timers.delays]).toEqual([['tray'], []]);
});

test('one that never comes is given up after two minutes', async () => {
  late.wait();
  await timers.passes(119_000);
  expect(told).toEqual([]);
  await timers.passes(1_000);
  expect(told).toEqual(['none']);
  await timers.passes(600_000);
  expect([looks, told]).toEqual([40, ['none']]);
});

test('nothing is looked for before somebody waits, nor after the end', async () => {
  await timers.passes(60_000);
  expect(looks).toBe(0);
  late.wait();
  late.end();
  await timers.passes(60_000);
  expect(looks).toBe(0);
});

test('an answer that comes after the end is told to nobody', async () => {
  let answer: (found: boolean) => void = () => undefined;
  const slow = new LateTray({
    hasTray: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
    onTray: () => told.push('tray'),
    onNone: () => told.push('none'),
    after: timers.after,
  });
  slow.wait();
  await timers.passes(3_000);
  slow.end();
  answer(true);
  await settled();
  expect(told).toEqual([]);
});
