import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

vi.mock('electron-store', () => import('./electron-store'));

const { Kept } = await import('./kept');

/** How often the program is killed. */
const KILLS = 30;
/** The latest moment (ms) of a kill after the first round. */
const LATEST = 40;

const folder = mkdtempSync(join(tmpdir(), 'ringside-kill-'));

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'electron-store': join(import.meta.dirname, 'electron-store.ts') } },
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'writer.ts'),
      outDir: join(folder, 'program'),
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a kill at any moment leaves each file whole, as it was or as it was to be', async () => {
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  let next = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const written = await writtenUntilKilled(profile, next, (kill / KILLS) * LATEST);
    const { settings, calls, watch, notices } = (await Kept.open(profile)).read();
    const known = { settings, calls, watch };
    expect(notices, `kill ${kill}`).toEqual([]);
    for (const [file, round] of Object.entries(known)) {
      expect([written, written + 1], `${file} after kill ${kill}`).toContain(round);
    }
    next = written + 1;
  }
  expect(readdirSync(profile).filter((name) => name.includes('broken'))).toEqual([]);
}, 120_000);

/** Lets the program write from a round on; gives the last round that was written for certain. */
async function writtenUntilKilled(profile: string, first: number, after: number): Promise<number> {
  const program = join(folder, 'program', 'writer.mjs');
  const writer = spawn(process.execPath, [program, profile, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  writer.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(writer, 'close');
  await Promise.race([once(writer.stdout, 'data'), ended]);
  await delay(after);
  writer.kill('SIGKILL');
  await ended;
  return Number(said.trim().split('\n').at(-1));
}
