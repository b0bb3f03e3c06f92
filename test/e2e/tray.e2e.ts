import { expect, test } from '@playwright/test';
import type { TrayPicture } from './desktop/tray';
import { ADA, GRACE, Stage } from './stage';

let stage: Stage;

test.beforeAll(async () => {
  stage = await Stage.set();
});

test.afterAll(async () => {
  await stage.strike();
});

/** The icons that were shown since the tray was last told to forget. */
const icons = (pictures: readonly TrayPicture[]): ReadonlySet<string> =>
  new Set(pictures.map(({ icon }) => icon));

test('idle, ringing, active, missed, offline, silent and signed out look different', async () => {
  const { server, tray } = stage;
  const looks: Record<string, ReadonlySet<string>> = {};
  const look = async (what: string, tooltip: RegExp, settledWith = 1): Promise<void> => {
    await tray.waitForTooltip(tooltip);
    tray.forget();
    await tray.waitFor(
      () => icons(tray.pictures).size >= settledWith,
      `${settledWith} icons for ${what}`,
    );
    looks[what] = icons(tray.pictures);
  };

  await stage.start();
  await look('idle', /no calls/i);
  const id = server.ring(GRACE);
  await look('ringing', /^Ringing: Grace Hopper/, 2);
  server.answer(id);
  await look('active', /^1 call$/);
  server.vanish(id);
  await tray.waitForTooltip(/no calls/i);
  server.miss(server.ring(ADA), { linger: 600 });
  await look('missed', /^1 missed$/);
  await tray.clickMenu([/Do Not Disturb/, /turned off/i]);
  await look('silent', /Do Not Disturb/);
  await tray.clickMenu([/Do Not Disturb/, /^Turn off/]);
  await look('missed again', /^1 missed$/);
  server.fault({ reset: true });
  await look('offline', /offline/i);
  server.clearFaults();
  await tray.clickMenu(['Refresh']);
  await stage.app.quit();
  await stage.start({ signedIn: false });
  await look('sign-in', /sign-in needed/i);

  expect(looks['missed again']).toEqual(looks['missed']);
  delete looks['missed again'];
  const everyIcon = Object.values(looks).flatMap((seen) => [...seen]);
  const distinct = new Set(everyIcon);
  expect(distinct.size, describe(looks)).toBe(everyIcon.length);
});

const describe = (looks: Readonly<Record<string, ReadonlySet<string>>>): string =>
  Object.entries(looks)
    .map(([what, seen]) => `${what}: ${[...seen].join(' and ')}`)
    .join('\n');
