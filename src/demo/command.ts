/** The stand-in as a command of its own. */
import { readOrder, USAGE } from './options';
import { startDemoServer, type DemoServerOptions } from './server';

async function serve(options: DemoServerOptions): Promise<void> {
  const server = await startDemoServer(options);
  const leave = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  const { url, userName, password } = server;
  process.stdout.write(`${JSON.stringify({ url, userName, password })}\n`);
}

const order = readOrder(process.argv.slice(2));
switch (order.kind) {
  case 'help':
    process.stdout.write(`${USAGE}\n`);
    break;
  case 'mistake':
    process.stderr.write(`${order.message}\n\n${USAGE}\n`);
    process.exitCode = 2;
    break;
  case 'serve':
    serve(order.options).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The stand-in could not start: ${why}\n`);
      process.exitCode = 1;
    });
}
