/** Runs the mock server from the command line. */
import { parseArgs } from 'node:util';
import { startDemoServer, type DemoServerOptions } from './server';

const USAGE = `Usage: npm run demo:server -- [options]

  --port PORT       port on 127.0.0.1; 0, the default, picks a free one
  --seed NUMBER     the same seed plays the same scenario (default 1)
  --speed FACTOR    how many times as fast as real time the scenario plays (default 1)
  --no-scenario     only the calls made by hand
  --user NAME       the username for signing in
  --password TEXT   the password for signing in
  --help            this text

When it is ready it prints one line of JSON with url, userName and password.
GET url/demo lists the endpoints that control it.`;

const MAX_SPEED = 1_000;

/** Reads the arguments; undefined means that help was requested. Throws a TypeError if invalid. */
function parseOptions(args: readonly string[]): DemoServerOptions | undefined {
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
  if (values.help) return undefined;
  const { user, password, speed } = values;
  if (user === '' || password === '') throw new TypeError('--user and --password can’t be empty.');
  if (!/^\d*\.?\d+$/.test(speed) || Number(speed) === 0 || Number(speed) > MAX_SPEED) {
    throw new TypeError(`--speed must be a number above 0 and at most ${MAX_SPEED}.`);
  }
  return {
    port: parseInteger('--port', values.port, 65_535),
    seed: parseInteger('--seed', values.seed, 2 ** 32 - 1),
    speed: Number(speed),
    scenario: !values['no-scenario'],
    ...(user !== undefined && { userName: user }),
    ...(password !== undefined && { password }),
  };
}

function parseInteger(option: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new TypeError(`${option} must be an integer from 0 to ${max}.`);
}

async function run(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const server = await startDemoServer(options);
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { url, userName, password } = server;
  process.stdout.write(`${JSON.stringify({ url, userName, password })}\n`);
}

run().catch((error: unknown) => {
  const isUsageError = error instanceof TypeError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    isUsageError ? `${message}\n\n${USAGE}\n` : `The mock server could not start: ${message}\n`,
  );
  process.exitCode = isUsageError ? 2 : 1;
});
