import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import type { WireSession } from '../../../src/demo/wire';
import { talking } from '../desk/calls';
import { Desk, OFTEN } from '../desk/desk';
import { bounded, compared, type Figure, type Plan } from '../desk/figure';
import { longestBlock, watchLoop } from '../desk/loop';
import { Screen } from '../desk/screen';

const MANY = 10_000;
/** Sessions that change with a poll. */
const CHANGED = 10;

/** What the window makes of thousands of sessions. */
export async function manySessions({ quick, screen: path }: Plan): Promise<readonly Figure[]> {
  const screen = await Screen.open(path);
  const few: number[] = [];
  const many: number[] = [];
  try {
    for (let round = 0; round < (quick ? 1 : 3); round += 1) {
      many.push(await firstPaint(screen, MANY));
      few.push(await firstPaint(screen, 20));
    }
  } finally {
    await screen.close();
  }
  const { scripting, blocked } = await changing(quick ? 1 : 10);
  return [
    compared(
      { what: 'tray click → first paint of 10,000 sessions', unit: 'ms', values: many },
      '20 sessions',
      few,
      2,
    ),
    bounded(
      {
        what: 'scripting in the window by poll that changes 10 of 10,000',
        unit: 'ms',
        values: scripting,
      },
      16,
    ),
    bounded({ what: 'longest block of main at the same', unit: 'ms', values: blocked }),
  ];
}

function firstPaint(screen: Screen, count: number): Promise<number> {
  return Desk.with('ringside', { settings: OFTEN }, async (desk) => {
    desk.server.sessions = talking(count);
    await desk.startSettled();
    await delay(1_000);
    return screen.paintedAfter(() => desk.tray.activate());
  });
}

/** Scripting in the page and the longest block of main, poll by poll, with the window open. */
function changing(polls: number): Promise<{ scripting: number[]; blocked: number[] }> {
  return Desk.with('ringside', { pages: true, settings: OFTEN }, async (desk) => {
    const sessions = talking(MANY);
    desk.server.sessions = sessions;
    await desk.startSettled();
    await desk.tray.activate();
    const page = await desk.app.window();
    // The rest of the sessions comes by and by; none of it is the doing of a poll.
    await page.getByRole('heading', { name: MANY.toLocaleString('en') }).waitFor();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    await desk.server.polled(polls === 1 ? 1 : 3);
    await watchLoop(desk.app.electron);
    const scripting: number[] = [];
    const blocked: number[] = [];
    for (let poll = 0; poll < polls; poll += 1) {
      desk.server.sessions = changed(sessions, poll);
      const before = await scriptingIn(devtools);
      await longestBlock(desk.app.electron);
      await desk.server.nextPoll();
      // What the poll brought is drawn when the next one comes.
      await desk.server.nextPoll();
      scripting.push((await scriptingIn(devtools)) - before);
      blocked.push(await longestBlock(desk.app.electron));
    }
    return { scripting, blocked };
  });
}

/** Ten of the sessions are put on hold, others with each poll. */
export function changed(sessions: readonly WireSession[], poll: number): readonly WireSession[] {
  const from = (poll * CHANGED) % sessions.length;
  return sessions.map((session, at) =>
    at >= from && at < from + CHANGED ? { ...session, callState: 'Hold' } : session,
  );
}

/** Ms that the page has spent in scripts so far. */
async function scriptingIn(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN) * 1_000;
}
