import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { FullConfig } from '@playwright/test';

/** Starts a virtual display for each worker except for the first, which uses the existing one. */
export default async function startDisplays({ workers }: FullConfig): Promise<() => void> {
  if (process.platform !== 'linux') return () => undefined;
  const servers = Array.from({ length: workers - 1 }, () =>
    spawn(
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ),
  );
  const numbers = await Promise.all(
    servers.map(async ({ stdout }) => String(await once(createInterface(stdout), 'line'))),
  );
  const { DISPLAY = '' } = process.env;
  process.env['RINGSIDE_E2E_DISPLAYS'] = [DISPLAY, ...numbers.map((number) => `:${number}`)].join(
    ' ',
  );
  return () => {
    for (const server of servers) server.kill();
  };
}
