import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

describe('demo:server', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-command-'));
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: resolve(import.meta.dirname, '../../src/demo/command.ts'),
        outDir: folder,
        rolldownOptions: { output: { entryFileNames: 'command.mjs' } },
      },
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function run(
    ...args: string[]
  ): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
    const child = spawn(process.execPath, [join(folder, 'command.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return child;
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its address in one line of JSON, serves, and exits on %s',
    async (signal) => {
      const child = run('--user', 'me@example.test', '--password', 'pw');
      const output = text(child.stdout);
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      const { url, userName, password } = JSON.parse(chunk.toString()) as Record<string, string>;
      expect([userName, password]).toEqual(['me@example.test', 'pw']);

      const response = await fetch(`${url ?? ''}/auth/status`, {
        headers: { 'User-Agent': 'Ringside/0.0.0', Accept: 'application/json' },
      });
      expect(await response.json()).toEqual({ isAuthenticated: false });

      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect((await output).match(/\n/g)).toHaveLength(1);
    },
  );

  test.each([
    ['--port', '70000'],
    ['--port', 'http'],
    ['--seed', '-1'],
    ['--speed', '0'],
    ['--speed', 'fast'],
    ['--user', ''],
    ['--color', 'red'],
    ['extra'],
    ['--port'],
  ])('exits with status 2 and prints the usage for %s %s', async (...args) => {
    const child = run(...args.filter((arg) => typeof arg === 'string'));
    const [output, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(exit).toEqual([2, null]);
    expect(output).toContain('Usage: npm run demo:server');
  });

  test('exits with status 1 when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => {
      other.close();
    });
    const child = run('--port', String((other.address() as AddressInfo).port));
    const [output, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(exit).toEqual([1, null]);
    expect(output).toContain('EADDRINUSE');
  });
});
