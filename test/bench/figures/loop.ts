import { setTimeout as delay } from 'node:timers/promises';
import { talking } from '../desk/calls';
import { Desk, OFTEN } from '../desk/desk';
import { bounded, type Figure, type Plan } from '../desk/figure';
import { longestBlock, watchLoop } from '../desk/loop';
import { changed } from './many';

const SESSIONS = 1_000;

/** How long main stands still for a thousand sessions: when they come, and when some change. */
export async function eventLoop({ quick }: Plan): Promise<readonly Figure[]> {
  const come: number[] = [];
  const change: number[] = [];
  const rest: number[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round += 1) {
    await Desk.with('ringside', { pages: true, settings: OFTEN }, async (desk) => {
      desk.server.sessions = talking(5);
      await desk.startSettled();
      await delay(quick ? 1_000 : 2_000);
      await watchLoop(desk.app.electron);
      await delay(500);
      const blockOf = async (act: () => void): Promise<number> => {
        await longestBlock(desk.app.electron);
        act();
        await desk.server.nextPoll();
        await delay(400);
        return longestBlock(desk.app.electron);
      };
      rest.push(await blockOf(() => undefined));
      const sessions = talking(SESSIONS);
      come.push(await blockOf(() => (desk.server.sessions = sessions)));
      for (let poll = 0; poll < (quick ? 2 : 3); poll += 1) {
        change.push(await blockOf(() => (desk.server.sessions = changed(sessions, poll))));
      }
    });
  }
  const what = 'longest block of main’s event loop, 1,000 sessions';
  return [
    bounded({ what: `${what}: all of them new`, unit: 'ms', values: come }, 16, 'longest'),
    bounded({ what: `${what}: 10 of them change`, unit: 'ms', values: change }, 16, 'longest'),
    bounded({ what: 'the same with 5 sessions and nothing changing', unit: 'ms', values: rest }),
  ];
}
