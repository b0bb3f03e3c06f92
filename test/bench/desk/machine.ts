import { execFile } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { runningFrom } from './processes';

/** On what, and under which circumstances, something was measured. */
export interface Machine {
  readonly date: string;
  readonly words: string;
  readonly electron: string;
  /** What makes the figures worth less than they look. */
  readonly warnings: readonly string[];
}

/** A machine whose processors have this much waiting, each, is not at rest. */
const BUSY = 0.5;

/** The machine as it is now. */
export async function machine(electron: string): Promise<Machine> {
  const version = await versionOf(electron);
  const processors = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const load = (loadavg()[0] ?? 0) / processors.length;
  const others = await runningFrom(electron);
  const warnings: string[] = [];
  if (load > BUSY) warnings.push('the machine is busy with other things: times read high.');
  if (others.length > 0) {
    warnings.push('the same Electron runs already and shares its memory: memory reads low.');
  }
  const processor = `${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}`;
  return {
    date: new Date().toISOString().slice(0, 10),
    words: `Electron ${version}, Linux ${release()}, ${processor}, ${gibibytes} GiB`,
    electron: version,
    warnings,
  };
}

async function versionOf(electron: string): Promise<string> {
  const { stdout } = await promisify(execFile)(electron, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  return stdout.trim();
}
