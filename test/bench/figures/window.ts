import { setTimeout as delay } from 'node:timers/promises';
import { talking } from '../desk/calls';
import { Desk, OFTEN, type Subject } from '../desk/desk';
import { compared, type Figure, type Plan } from '../desk/figure';
import { Screen } from '../desk/screen';

/** What a click on the icon takes, until the last of what it brings is on the screen. */
export async function opening({ quick, screen: path }: Plan): Promise<readonly Figure[]> {
  const screen = await Screen.open(path);
  const first: Record<Subject, number[]> = { ringside: [], bare: [], empty: [] };
  const again: Record<Subject, number[]> = { ringside: [], bare: [], empty: [] };
  try {
    for (let round = 0; round < (quick ? 1 : 5); round += 1) {
      for (const subject of ['ringside', 'empty'] as const) {
        const painted = await twice(subject, screen);
        first[subject].push(painted.first);
        again[subject].push(painted.again);
      }
    }
  } finally {
    await screen.close();
  }
  const what = 'tray click → window painted with current data';
  const name = 'an empty window';
  return [
    compared(
      { what: `${what}, first`, unit: 'ms', values: first.ringside },
      name,
      first.empty,
      1.5,
    ),
    compared(
      { what: `${what}, again`, unit: 'ms', values: again.ringside },
      name,
      again.empty,
      1.2,
    ),
  ];
}

/** Opens the window, hides it, lets other calls come meanwhile, and opens it again. */
function twice(subject: Subject, screen: Screen): Promise<{ first: number; again: number }> {
  return Desk.with(subject, { settings: OFTEN }, async (desk) => {
    desk.server.sessions = talking(5);
    await desk.startSettled();
    await delay(1_000);
    const first = await screen.paintedAfter(() => desk.tray.activate());
    await desk.tray.activate();
    await delay(500);
    if (subject === 'ringside') {
      desk.server.sessions = talking(11).slice(6);
      await desk.server.polled(2);
    }
    return { first, again: await screen.paintedAfter(() => desk.tray.activate()) };
  });
}
