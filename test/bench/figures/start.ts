import { talking } from '../desk/calls';
import { Desk } from '../desk/desk';
import { compared, type Figure, type Plan } from '../desk/figure';

/** From the start of the process until the desktop has the icon, and until the server is asked. */
export async function start({ quick }: Plan): Promise<readonly Figure[]> {
  const tray = { ringside: [] as number[], bare: [] as number[] };
  const poll = { ringside: [] as number[], bare: [] as number[] };
  for (let round = 0; round < (quick ? 2 : 12); round += 1) {
    for (const subject of ['ringside', 'bare'] as const) {
      await Desk.with(subject, {}, async (desk) => {
        desk.server.sessions = talking(5);
        const polled = desk.server.nextPoll();
        const began = await desk.start();
        const { at } = await desk.tray.waitFor(() => true, 'an icon');
        tray[subject].push(at - began);
        poll[subject].push((await polled).asked - began);
      });
    }
  }
  return [
    compared(
      { what: 'process start to tray shown', unit: 'ms', values: tray.ringside },
      'bare',
      tray.bare,
      1.15,
    ),
    compared(
      { what: 'process start to first poll sent', unit: 'ms', values: poll.ringside },
      'bare',
      poll.bare,
      1.15,
    ),
  ];
}
