import { setTimeout as delay } from 'node:timers/promises';
import { talking } from '../desk/calls';
import { Desk, type Subject } from '../desk/desk';
import { compared, type Figure, type Plan } from '../desk/figure';
import { settledMemoryOf } from '../desk/processes';

/** A minute, and what was meant to go in it has gone. */
const A_MINUTE = 60_000;

/** What the whole application weighs in the tray: never opened, and a minute after it was. */
export async function memory({ quick }: Plan): Promise<readonly Figure[]> {
  const never: Record<Subject, number[]> = { ringside: [], bare: [], empty: [] };
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    for (const subject of ['ringside', 'bare'] as const) {
      never[subject].push(await inTray(subject, quick));
    }
  }
  const after = [await afterUse(quick)];
  const when = quick ? 'at once let go of (quick)' : 'a minute ago';
  return [
    compared(
      { what: 'memory in the tray, window never opened', unit: 'MiB', values: never.ringside },
      'bare',
      never.bare,
      1,
    ),
    compared(
      { what: `memory, window opened and closed ${when}`, unit: 'MiB', values: after },
      'bare',
      never.bare,
      1.06,
    ),
  ];
}

function inTray(subject: Subject, quick: boolean): Promise<number> {
  return Desk.with(subject, {}, async (desk) => {
    desk.server.sessions = talking(5);
    await desk.startSettled();
    return settledMemoryOf(desk.app.pid, quick ? 1 : 15);
  });
}

/** Quick: the window is let go of as soon as it is hidden. Else everything is as nobody set it. */
function afterUse(quick: boolean): Promise<number> {
  const settings = quick ? { releaseMinutes: 0 } : {};
  return Desk.with('ringside', { settings }, async (desk) => {
    desk.server.sessions = talking(5);
    await desk.startSettled();
    await desk.tray.activate();
    await delay(quick ? 1_000 : 4_000);
    await desk.tray.activate();
    await delay(quick ? 1_000 : A_MINUTE);
    return settledMemoryOf(desk.app.pid, quick ? 1 : 9);
  });
}
