/** Times decoding and reducing against `JSON.parse`; runs in Electron's Node. */
import { diffSnapshots } from '../../src/core/calls/diff-snapshots';
import { decodeSessions } from '../../src/core/api/decode';
import type { AlertRules } from '../../src/core/alerts/alert-rules';
import { reduce } from '../../src/core/alerts/reduce';
import { INITIAL_ALERT_STATE } from '../../src/core/alerts/alert-state';
import { createConnectedSessions } from './sessions';

export interface Timing {
  readonly sessions: number;
  /** CPU time in ms per snapshot. */
  readonly parse: readonly number[];
  readonly decodeAndReduce: readonly number[];
}

const ROUNDS = 15;
const SIZES = [20, 200, 2_000];
const RULES: AlertRules = {
  shouldAlertRings: true,
  shouldAlertMissedCalls: true,
  holdLimitMs: 120_000,
  shouldAlertProblems: true,
  shouldAlertVoicemails: true,
  muted: { channels: [], customers: [], endpoints: [] },
  isDoNotDisturb: false,
  canVipBreakThrough: false,
  getPriority: () => 'normal',
  shouldCatchUp: true,
};
const USER = { id: undefined, name: undefined };
const NOW = { wall: Date.UTC(2026, 2, 3, 9, 30), monotonic: 0, bootId: 'bench' };

// Warms up the engine, as in an app that runs all day.
measure(200);
process.stdout.write(JSON.stringify(SIZES.map(measure)));

function measure(count: number): Timing {
  const json = JSON.stringify({ sessions: createConnectedSessions(count) });
  const repetitions = Math.max(1, Math.round(4_000 / count));
  const parse: number[] = [];
  const decodeAndReduce: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const values: unknown[] = [];
    parse.push(
      getCpuTime(() => {
        for (let index = 0; index < repetitions; index += 1) values.push(JSON.parse(json));
      }) / repetitions,
    );
    decodeAndReduce.push(getCpuTime(() => values.forEach(decodeAndReduceOne)) / repetitions);
  }
  return { sessions: count, parse, decodeAndReduce };
}

/** Handles a first response, of which every session is new. */
function decodeAndReduceOne(json: unknown): void {
  const decoded = decodeSessions(json);
  if (!decoded.ok) throw new Error('The response could not be decoded.');
  const next = new Map(decoded.sessions.map((session) => [session.id, session]));
  const changes = diffSnapshots(new Map(), next);
  reduce(
    INITIAL_ALERT_STATE,
    { kind: 'snapshot', diff: changes, serverAheadMs: 0 },
    RULES,
    USER,
    NOW,
  );
}

/** Measures CPU time, which includes garbage collection on other threads but no other program. */
function getCpuTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
