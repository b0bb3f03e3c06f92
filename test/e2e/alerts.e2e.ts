import { expect, test } from '@playwright/test';
import { ADA, ALAN, GRACE, now, serverTime, Stage } from './stage';

let stage: Stage;

test.beforeAll(async () => {
  stage = await Stage.set();
  await stage.startSignedIn();
});

test.beforeEach(async () => {
  await stage.calm();
});

test.afterAll(async () => {
  await stage.strike();
});

test('twelve calls that ring at once are one notification that counts them', async () => {
  const { server, daemon } = stage;
  const ids = Array.from({ length: 12 }, (_, index) =>
    server.ring({ fromName: `Caller ${index + 1}`, fromAddress: `+1202555${1000 + index}` }),
  );
  const { id } = await daemon.waitForOpen({ title: '12 calls are ringing' });
  await stage.settled();
  expect(daemon.notified).toHaveLength(1);
  const since = now();
  for (const ringing of ids) server.answer(ringing);
  const { at } = await daemon.waitForClosed(id);
  expect(stage.polls(since, serverTime(at))).toHaveLength(1);
  expect(daemon.open).toEqual([]);
});

test('a caller whose name becomes known is updated, and stays one notification', async () => {
  const { server, daemon } = stage;
  const id = server.ring({ ...GRACE, fromName: null, displayName: null });
  const unnamed = await daemon.waitForOpen({ title: /^\+1 202[- ]555[- ]0147$/ });
  expect(unnamed.body).toBe('for Northside Group › Bright Dental · Front desk');
  server.patch(id, { fromName: 'Grace Hopper' });
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  await stage.settled();
  expect(daemon.open.map(({ title }) => title)).toEqual(['Grace Hopper']);
  server.answer(id);
  await daemon.waitForNoneOpen();
});

test('a call that comes back to ringing within ten seconds is the same ring', async () => {
  const { server, daemon } = stage;
  const id = server.ring(GRACE);
  const { id: first } = await daemon.waitForOpen({ title: 'Grace Hopper' });
  server.queue(id);
  await daemon.waitForClosed(first);
  server.ringAgain(id);
  await stage.settled();
  server.answer(id);
  await stage.settled();
  expect(daemon.notified).toHaveLength(1);
});

test('a call that a colleague took and that vanished raises nothing', async () => {
  const { server, daemon } = stage;
  const id = server.ring(GRACE);
  const ringing = await daemon.waitForOpen({ title: 'Grace Hopper' });
  const before = stage.lookUps.length;
  server.vanish(id, { by: 'Maya Kent' });
  await daemon.waitForClosed(ringing.id);
  await stage.settled();
  expect(stage.lookUps.slice(before)).toEqual([expect.stringContaining(id)]);
  expect(daemon.notified).toHaveLength(1);
});

test('a call that vanished and that nobody took is missed', async () => {
  const { server, daemon } = stage;
  const id = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  server.vanish(id);
  await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await stage.settled();
  expect(daemon.notified).toHaveLength(2);
});

test('do not disturb is silent, counts what was missed, and reports it when it ends', async () => {
  const { server, daemon, tray } = stage;
  await tray.clickMenu([/^Do Not Disturb/, /30 minutes/]);
  await tray.waitForTooltip(/do not disturb/i);
  for (const caller of [GRACE, ADA]) {
    const id = server.ring(caller);
    await tray.waitForTooltip(new RegExp(`Ringing: ${caller.fromName}`));
    server.miss(id, { linger: 0 });
    await tray.waitForTooltip(/missed/);
  }
  await stage.settled();
  expect(daemon.notified).toEqual([]);
  await tray.clickMenu([/^Do Not Disturb/, /^Turn off/]);
  const digest = await daemon.waitForOpen({ title: /^2 missed calls/ });
  expect(digest.body).toMatch(/Grace Hopper.*Ada Byron/s);
  await stage.settled();
  expect(daemon.notified).toHaveLength(1);
});

test('a server that refuses look-ups is asked once; what vanished counts as missed', async () => {
  const { server, daemon } = stage;
  server.lookup('refused');
  const before = stage.lookUps.length;
  for (const caller of [GRACE, ADA]) {
    const id = server.ring(caller);
    await daemon.waitForOpen({ title: caller.fromName });
    server.vanish(id, { by: 'Maya Kent' });
    await daemon.waitForOpen({ title: `Missed call from ${caller.fromName}` });
  }
  await stage.settled();
  expect(stage.lookUps.slice(before)).toHaveLength(1);
  expect(daemon.notified).toHaveLength(4);
});

test('killed right after an alert and started again, nothing is repeated and nothing lost', async () => {
  const { server, daemon } = stage;
  const grace = server.ring(GRACE);
  await daemon.waitForOpen({ title: 'Grace Hopper' });
  await stage.app.kill9();
  const ada = server.ring(ADA);
  await stage.startSignedIn();
  await daemon.waitForOpen({ title: 'Ada Byron' });
  expect(daemon.saying({ title: 'Grace Hopper' })).toHaveLength(1);

  server.miss(ada, { linger: 600 });
  await daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  await stage.app.kill9();
  server.vanish(grace);
  server.vanish(server.ring(ALAN), { by: 'Maya Kent' });
  await stage.startSignedIn();
  await daemon.waitForOpen({ title: 'Missed call from Grace Hopper' });
  await stage.settled();
  const told = daemon.notified.map(({ title }) => title).sort();
  expect(told).toEqual([
    'Ada Byron',
    'Grace Hopper',
    'Missed call from Ada Byron',
    'Missed call from Grace Hopper',
  ]);
});
