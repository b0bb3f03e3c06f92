import { talking } from '../desk/calls';
import { Desk } from '../desk/desk';
import { compared, type Figure, type Plan } from '../desk/figure';
import { processorTimeOf } from '../desk/processes';

/** Processor time of all processes, by poll, while nothing changes. Both at once: they hardly meet. */
export async function processor({ quick }: Plan): Promise<readonly Figure[]> {
  const polls = { ringside: [] as number[], bare: [] as number[] };
  const duration = quick ? 3_000 : 16_000;
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    const [ringside, bare] = await Promise.all([
      perPoll('ringside', duration, quick ? 1 : 3),
      perPoll('bare', duration, quick ? 1 : 3),
    ]);
    polls.ringside.push(ringside);
    polls.bare.push(bare);
  }
  const what = 'processor time by poll, 5 sessions, nothing changing';
  return [compared({ what, unit: 'ms', values: polls.ringside }, 'bare', polls.bare, 1.2)];
}

function perPoll(
  subject: 'ringside' | 'bare',
  duration: number,
  settling: number,
): Promise<number> {
  return Desk.with(subject, {}, async (desk) => {
    desk.server.sessions = talking(5);
    await desk.startSettled();
    // So many polls later what a start leaves behind is done.
    await desk.server.polled(settling);
    const before = desk.server.polls.length;
    const spent = await processorTimeOf(desk.app.pid, duration);
    return spent / (desk.server.polls.length - before);
  });
}
