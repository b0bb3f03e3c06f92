import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { compared, type Figure, type Plan } from '../desk/figure';

const SPINE = resolve(import.meta.dirname, '../spine/spine.ts');

interface Timed {
  readonly sessions: number;
  readonly parse: readonly number[];
  readonly rules: readonly number[];
}

/** Decode, compare and decide against reading the JSON, on the very engine that Ringside runs on. */
export async function rules({ quick, electron }: Plan): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-bench-rules-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: SPINE,
        outDir: folder,
        target: 'node20.18',
        minify: true,
        rolldownOptions: { output: { entryFileNames: 'spine.mjs' } },
      },
    });
    const { stdout } = await promisify(execFile)(
      electron,
      [join(folder, 'spine.mjs'), quick ? '3' : '15'],
      { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
    );
    return (JSON.parse(stdout) as readonly Timed[]).map(({ sessions, parse, rules: values }) => {
      const what = `decode + compare + decide, ${sessions.toLocaleString('en')} sessions`;
      return compared({ what, unit: 'ms', values }, 'JSON.parse', parse, 3);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
