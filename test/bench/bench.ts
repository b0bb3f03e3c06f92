/** Measures Ringside next to a bare Electron app and writes the results as a table. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Harness } from './harness';
import { MEASUREMENTS, type Environment } from './measurements';
import { isRunning } from './processes';
import { formatTable, isMet, type Row } from './report';

const RESULTS = resolve(import.meta.dirname, '../../artifacts/bench');

/** Runs the measurements, or those whose name begins with `only`, and returns the table. */
export async function runBench(
  environment: Environment,
  only: string,
  log: (line: string) => void,
): Promise<string> {
  const machine = await describeMachine(environment.electron);
  log(machine);
  if ((loadavg()[0] ?? 0) > cpus().length / 2) log('The machine is busy: times are too high.');
  if (await isRunning(environment.electron)) {
    log('The same Electron is running already and shares memory: memory is too low.');
  }
  // GTK probes OpenGL in the first app on a display, and leaves the result for later ones.
  await Harness.use('baseline', {}, (harness) => harness.startAndSettle());
  const startedAt = performance.now();
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (!name.startsWith(only)) continue;
    log(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${name}`);
    rows.push(...(await measure(environment)));
  }
  log(`${Math.round((performance.now() - startedAt) / 1_000)} s: done`);
  const table = formatTable(rows);
  if (only === '') {
    await mkdir(RESULTS, { recursive: true });
    const results = rows.map((row) => ({ ...row, isMet: isMet(row) }));
    await writeFile(join(RESULTS, 'latest.json'), JSON.stringify({ machine, results }, null, 2));
    await writeFile(join(RESULTS, 'latest.md'), `${machine}\n\n${table}\n`);
    log(`Written to ${RESULTS}`);
  }
  return table;
}

async function describeMachine(electron: string): Promise<string> {
  const { stdout } = await promisify(execFile)(electron, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const processor = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `Electron ${stdout.trim()}, Linux ${release()}, ${processor}, ${memory}`;
}
