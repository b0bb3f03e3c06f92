import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RoundProfile } from './round-profile';

const KILLS = 30;
/** The maximum delay of a kill after the first round. */
const MAX_DELAY_MS = 40;

const folder = mkdtempSync(join(tmpdir(), 'ringside-kill-'));

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'round-writer.ts'),
      outDir: join(folder, 'program'),
      rolldownOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('killing the app at any moment leaves every file complete', async () => {
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  let next = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const written = await writeUntilKilled(profile, next, (kill / KILLS) * MAX_DELAY_MS);
    const opened = new RoundProfile(profile);
    for (const [file, round] of Object.entries(opened.read())) {
      expect([written, written + 1], `${file} after kill ${kill}`).toContain(round);
    }
    expect(opened.notices, `kill ${kill}`).toEqual([]);
    next = written + 1;
  }
  expect(readdirSync(profile).toSorted()).toEqual(['accounts', 'calls.jsonl', 'settings.json']);
}, 120_000);

/** Runs the program from a given round, kills it, and returns the last round it printed. */
async function writeUntilKilled(profile: string, first: number, delayMs: number): Promise<number> {
  const program = join(folder, 'program', 'writer.mjs');
  const writer = spawn(process.execPath, [program, profile, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const closed = once(writer, 'close');
  await Promise.race([once(writer.stdout, 'data'), closed]);
  await delay(delayMs);
  writer.kill('SIGKILL');
  await closed;
  return Number(output.trim().split('\n').at(-1));
}
