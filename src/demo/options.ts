import { parseArgs } from 'node:util';
import type { DemoServerOptions } from './server';

/** What the command was asked to do. */
export type Order =
  | { readonly kind: 'serve'; readonly options: DemoServerOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string };

/** How the command is called. */
export const USAGE = `Usage: npm run demo:server -- [options]

  --port PORT       port on 127.0.0.1; 0, the default, takes a free one
  --seed NUMBER     the same seed plays the same day (default 1)
  --speed FACTOR    how many times as fast as the world the scenario runs (default 1)
  --no-scenario     no calls but those made by hand
  --user NAME       the user name that may sign in
  --password TEXT   the password that goes with it
  --help            this text

When it is ready it prints one line of JSON with url, userName and password.
GET url/demo lists the requests that steer it by hand.`;

const FASTEST = 1000;

/** Reads the arguments of the command. */
export function readOrder(args: readonly string[]): Order {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        speed: { type: 'string', default: '1' },
        'no-scenario': { type: 'boolean', default: false },
        user: { type: 'string' },
        password: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const { user, password } = values;
    if (user === '' || password === '') throw new TypeError('--user and --password need a text.');
    return {
      kind: 'serve',
      options: {
        port: whole('--port', values.port, 65_535),
        seed: whole('--seed', values.seed, 2 ** 32 - 1),
        speed: factor('--speed', values.speed),
        scenario: !values['no-scenario'],
        ...(user !== undefined && { userName: user }),
        ...(password !== undefined && { password }),
      },
    };
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'mistake', message: error.message };
    throw error;
  }
}

function whole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new TypeError(`${option} has to be a whole number from 0 to ${most}, not "${text}".`);
}

function factor(option: string, text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0 && value <= FASTEST) return value;
  throw new TypeError(`${option} has to be a number above 0, ${FASTEST} at most, not "${text}".`);
}
