/** What shows notifications ends and is started again, as after a crash or an update of it. */
import { expect, test } from '@playwright/test';
import { NotificationDaemon } from './desktop/notifications';
import { ADA, GRACE, Stage } from './stage';

let stage: Stage;

test.beforeEach(async () => {
  stage = await Stage.set();
  await stage.startSignedIn();
});

test.afterEach(async () => {
  await stage.strike();
});

test('a call that still rings is shown once more, and what is over is not repeated', async () => {
  const { server } = stage;
  server.miss(server.ring(ADA), { linger: 600 });
  await stage.daemon.waitForOpen({ title: 'Missed call from Ada Byron' });
  const id = server.ring(GRACE);
  await stage.daemon.waitForOpen({ title: 'Grace Hopper' });
  await stage.settled();
  stage.daemon.close();

  const daemon = await NotificationDaemon.start(stage.busAddress);
  try {
    const shown = await daemon.waitForOpen({ title: 'Grace Hopper' });
    // Time enough for the next look, which must find everything as it should be.
    for (let polls = 0; polls < 5; polls += 1) await stage.polled();
    expect(daemon.notified.map(({ title }) => title)).toEqual(['Grace Hopper']);
    server.answer(id);
    await daemon.waitForClosed(shown.id);
    await stage.settled();
    expect(daemon.notified).toHaveLength(1);
  } finally {
    daemon.close();
  }
});

test('a click on what is shown once more opens the call', async () => {
  const { server } = stage;
  server.ring(GRACE);
  await stage.daemon.waitForOpen({ title: 'Grace Hopper' });
  await stage.settled();
  stage.daemon.close();
  const daemon = await NotificationDaemon.start(stage.busAddress);
  try {
    const shown = await daemon.waitForOpen({ title: 'Grace Hopper' });
    daemon.click(shown.id);
    const page = await stage.app.window();
    await expect(page.getByRole('heading', { name: /Grace Hopper/ }).first()).toBeVisible();
  } finally {
    daemon.close();
  }
});
