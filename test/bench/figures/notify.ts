import { setTimeout as delay } from 'node:timers/promises';
import { answered, ringing, talking } from '../desk/calls';
import { Desk, USUAL_INTERVAL } from '../desk/desk';
import { bounded, type Figure, type Plan } from '../desk/figure';

/** Companions that are asked at once: all of them mostly wait. */
const COMPANIONS = 4;
/** The longest wait (ms) between two polls that nobody has changed, jitter and all. */
const LONGEST_WAIT = 1.1 * USUAL_INTERVAL;

/** How long an answer takes to become a notification, one call after another among four others. */
export function fromAnswer({ quick }: Plan): Promise<readonly Figure[]> {
  return Desk.with('ringside', {}, async (desk) => {
    const others = talking(4);
    desk.server.sessions = others;
    await desk.startSettled();
    const values: number[] = [];
    for (let call = 0; call < (quick ? 40 : 500); call += 1) {
      const [before] = desk.server.sessions.slice(others.length).slice(-1);
      const rings = ringing(`call-${call}`, { fromName: `Caller ${call}` });
      desk.server.sessions = [...others, ...(before ? [answered(before)] : []), rings];
      const polled = desk.server.nextPoll();
      await desk.tray.clickMenu(['Refresh']);
      const { answered: out = Number.NaN } = await polled;
      const { at } = await desk.daemon.waitForOpen({ title: `Caller ${call}` });
      values.push(at - out);
    }
    const what = 'answer received → Notify on the bus';
    return [
      bounded({ what, unit: 'ms', values }, 10),
      bounded({ what: `${what}, the slowest hundredth`, unit: 'ms', values }, 30, '99 %'),
    ];
  });
}

/**
 * How long a change at the server takes to become a notification, at the interval that nobody has
 * changed. Changes come at any moment between two polls, each part of the interval alike.
 */
export async function fromChange({ quick }: Plan): Promise<readonly Figure[]> {
  const moments = COMPANIONS * (quick ? 1 : 12);
  const found = await Promise.all(
    Array.from({ length: COMPANIONS }, (_, companion) =>
      announcements(
        Array.from(
          { length: moments / COMPANIONS },
          (__, at) => ((at * COMPANIONS + companion + Math.random()) / moments) * LONGEST_WAIT,
        ),
      ),
    ),
  );
  const what = 'change at the server → notification, at the usual interval';
  return [bounded({ what, unit: 'ms', values: found.flat() }, USUAL_INTERVAL / 2 + 50)];
}

/** Lets a call come so long (ms) after a poll, for each of these times. */
function announcements(times: readonly number[]): Promise<readonly number[]> {
  return Desk.with('ringside', {}, async (desk) => {
    const others = talking(4);
    desk.server.sessions = others;
    await desk.startSettled();
    const values: number[] = [];
    for (const [call, time] of times.entries()) {
      const { asked } = await desk.server.nextPoll();
      const polls = desk.server.polls.length;
      await delay(time - (performance.now() - asked));
      // No moment lies so long after its last poll when the next one came before.
      if (desk.server.polls.length > polls) continue;
      const rings = ringing(`call-${call}`, { fromName: `Caller ${call}` });
      const changed = performance.now();
      desk.server.sessions = [...others, rings];
      const { at } = await desk.daemon.waitForOpen({ title: `Caller ${call}` });
      values.push(at - changed);
      if (call === times.length - 1) break;
      // What rings is asked after more often: the next moment is one of an interval as usual.
      desk.server.sessions = [...others, answered(rings)];
      await desk.server.nextPoll();
    }
    return values;
  });
}
