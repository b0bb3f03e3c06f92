/** Measures what Ringside costs, side by side with the bare minimum, and says what was aimed at. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Figure, Plan } from './desk/figure';
import { machine } from './desk/machine';
import { table } from './desk/table';
import { eventLoop } from './figures/loop';
import { manySessions } from './figures/many';
import { memory } from './figures/memory';
import { fromAnswer, fromChange } from './figures/notify';
import { processor } from './figures/processor';
import { rules } from './figures/rules';
import { sizes } from './figures/sizes';
import { start } from './figures/start';
import { opening } from './figures/window';

const RESULTS = resolve(import.meta.dirname, '../../artifacts/bench');

/** In the order in which they are told. */
const FIGURES: Readonly<Record<string, (plan: Plan) => Promise<readonly Figure[]>>> = {
  memory,
  processor,
  start,
  'from answer to notification': fromAnswer,
  'from change to notification': fromChange,
  opening,
  rules,
  'event loop': eventLoop,
  'many sessions': manySessions,
  sizes,
};

/**
 * Measures the figures whose name begins so, or all of them, and writes them down.
 * @param tell is given a line at a time of how it goes
 * @returns them as a table
 */
export async function bench(
  plan: Plan,
  only: string | undefined,
  tell: (line: string) => void,
): Promise<string> {
  const began = performance.now();
  const circumstances = await machine(plan.electron);
  tell(circumstances.words);
  for (const warning of circumstances.warnings) tell(`Mind: ${warning}`);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(FIGURES)) {
    if (only !== undefined && !name.startsWith(only)) continue;
    tell(`${clock(performance.now() - began)}  ${name} …`);
    figures.push(...(await measure(plan)));
  }
  tell(`${clock(performance.now() - began)}  done`);
  if (only !== undefined) return table(figures);
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, plan.quick ? 'quick.json' : 'latest.json');
  await writeFile(file, `${JSON.stringify({ ...circumstances, figures }, undefined, 2)}\n`);
  tell(`Written to ${file}`);
  return table(figures);
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
