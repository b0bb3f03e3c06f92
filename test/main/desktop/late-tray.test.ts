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

test('that none comes is told once, after two minutes', async () => {
  late.wait();
  await timers.passes(119_000);
  expect(told).toEqual([]);
  await timers.passes(1_000);
  expect(told).toEqual(['none']);
  await timers.passes(3_600_000);
  expect(told).toEqual(['none']);
});

test('from then on it is looked for twelve times an hour, and still found', async () => {
  late.wait();
  await timers.passes(120_000);
  expect(looks).toBe(40);
  await timers.passes(3_600_000);
  expect(looks).toBe(52);
  hasTray = true;
  await timers.passes(300_000);
  expect(told).toEqual(['none', 'tray']);
  await timers.passes(3_600_000);
  expect([looks, timers.delays]).toEqual([53, []]);
});

test('whoever is in a hurry has it looked for at once, and only while somebody waits', async () => {
  late.hurry();
  await settled();
  expect(looks).toBe(0);
  late.wait();
  await timers.passes(120_000);
  hasTray = true;
  late.hurry();
  late.hurry();
  await settled();
  expect([looks, told]).toEqual([41, ['none', 'tray']]);
  late.hurry();
  await timers.passes(3_600_000);
  expect([looks, timers.delays]).toEqual([41, []]);
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
