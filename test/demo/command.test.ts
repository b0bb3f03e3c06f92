import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readOrder } from '../../src/demo/options';

describe('the arguments', () => {
  test('all have a default', () => {
    expect(readOrder([])).toEqual({
      kind: 'serve',
      options: { port: 0, seed: 1, speed: 1, scenario: true },
    });
  });

  test('are all taken', () => {
    const args = '--port 8080 --seed 5 --speed 2.5 --no-scenario --user me --password pw';
    expect(readOrder(args.split(' '))).toEqual({
      kind: 'serve',
      options: {
        port: 8080,
        seed: 5,
        speed: 2.5,
        scenario: false,
        userName: 'me',
        password: 'pw',
      },
    });
  });

  test.each([
    ['--port', '70000'],
    ['--port', 'http'],
    ['--seed', '-1'],
    ['--speed', '0'],
    ['--speed', 'fast'],
    ['--user', ''],
    ['--colour', 'red'],
    ['surplus'],
    ['--port'],
  ])('are refused when they make no sense: %s %s', (...args) => {
    const order = readOrder(args.filter((arg) => typeof arg === 'string'));
    expect(order).toEqual({ kind: 'mistake', message: expect.any(String) as string });
  });
});

describe('the command', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-command-'));
    await build({
      configFile: false,
      logLevel: 'silent',
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
    'says in one line where it is, serves, and ends on %s',
    async (signal) => {
      const child = run('--user', 'me@example.test', '--password', 'pw');
      const output = text(child.stdout);
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      const { url, userName, password } = JSON.parse(chunk.toString()) as Record<string, string>;
      expect([userName, password]).toEqual(['me@example.test', 'pw']);

      const response = await fetch(`${url ?? ''}/auth/status.json`, {
        headers: { 'User-Agent': 'Ringside/0.0.0' },
      });
      expect(await response.json()).toEqual({ isAuthenticated: false });

      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect((await output).match(/\n/g)).toHaveLength(1);
    },
  );

  test('ends with status 2 and a word of help on a bad option', async () => {
    const child = run('--speed', 'fast');
    const [said, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(exit).toEqual([2, null]);
    expect(said).toMatch(/^--speed has to be a number/);
    expect(said).toContain('Usage: npm run demo:server');
  });

  test('ends with status 1 when the port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    onTestFinished(() => {
      squatter.close();
    });
    const child = run('--port', String((squatter.address() as AddressInfo).port));
    const [said, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(exit).toEqual([1, null]);
    expect(said).toContain('EADDRINUSE');
  });
});
