import { beforeEach, describe, expect, test } from 'vitest';
import { Updates, type Engine, type UpdatesNeeds } from '../../../src/main/update/updates';

let newest: string | undefined;
let loads: number;
let checks: string[];
let downloads: number;
let restarts: number;
let reported: unknown[];
let changes: number;
let waiting: (readonly [ms: number, what: () => void])[];
let automatic: boolean;
let problem: Error | undefined;

beforeEach(() => {
  newest = '2.0.0';
  [loads, downloads, restarts, changes] = [0, 0, 0, 0];
  [checks, reported, waiting] = [[], [], []];
  automatic = true;
  problem = undefined;
});

const engine: Engine = {
  check: (channel) => {
    checks.push(channel);
    return problem ? Promise.reject(problem) : Promise.resolve(newest);
  },
  download: (onProgress) => {
    downloads += 1;
    onProgress(50);
    return problem ? Promise.reject(problem) : Promise.resolve();
  },
  restart: () => {
    restarts += 1;
  },
};

function updates(needs: Partial<UpdatesNeeds> = {}): Updates {
  return new Updates({
    way: 'installs',
    allowed: true,
    engine: () => {
      loads += 1;
      return Promise.resolve(engine);
    },
    settings: () => ({ automaticUpdates: automatic, updateChannel: 'beta' }),
    pageOf: (version) => `https://example.com/v${version}`,
    canRestart: true,
    after: (ms, what) => {
      waiting.push([ms, what]);
    },
    random: () => 0.5,
    now: () => 7,
    onChange: () => {
      changes += 1;
    },
    report: (error) => {
      reported.push(error);
    },
    ...needs,
  });
}

/** Lets the wait that is on end; gives how long (ms) it was. */
async function wait(): Promise<number> {
  const [ms, what] = waiting.shift() ?? [0, () => undefined];
  what();
  await Promise.resolve();
  await new Promise(setImmediate);
  return ms;
}

describe('looking for newer versions', () => {
  test('begins some minutes after the start, and nothing is loaded for it before', async () => {
    const one = updates();
    one.start();
    expect([loads, waiting.length]).toEqual([0, 1]);
    expect(await wait()).toBe(300_000);
    expect(checks).toEqual(['beta']);
    expect(one.state).toEqual({ kind: 'available', version: '2.0.0', isPostponed: false });
    expect(await wait()).toBe(6 * 3_600_000);
    expect([checks.length, downloads, loads]).toEqual([2, 0, 1]);
  });

  test('does not happen by itself where the person does not want it, but when they ask', async () => {
    automatic = false;
    const one = updates();
    one.start();
    await wait();
    await wait();
    expect([loads, waiting.length]).toEqual([0, 1]);
    newest = undefined;
    await one.check();
    expect(one.state).toEqual({ kind: 'idle', checkedAt: 7 });
  });

  test.each<[string, Partial<UpdatesNeeds>]>([
    ['the organisation does not want it', { allowed: false }],
    ['there is nowhere to ask', { way: 'none' }],
  ])('never happens where %s', async (_, needs) => {
    const one = updates(needs);
    one.start();
    await one.check();
    await one.download();
    await one.restart();
    expect([loads, waiting.length, changes]).toEqual([0, 0, 0]);
    expect(one.state.kind).toBe('off');
  });

  test('that failed is told, and goes on', async () => {
    problem = new Error('net::ERR_NAME_NOT_RESOLVED');
    const one = updates();
    one.start();
    await wait();
    expect(one.state).toEqual({ kind: 'failed', version: null, problem: 'unreachable' });
    expect(reported).toEqual([problem]);
    problem = undefined;
    await wait();
    expect(one.state.kind).toBe('available');
  });
});

describe('a version that was found', () => {
  test('is downloaded after a yes, and then started on the person’s word', async () => {
    const one = updates();
    await one.restart();
    await one.check();
    await one.restart();
    await one.download();
    expect(one.state).toMatchObject({ kind: 'ready', version: '2.0.0', canRestart: true });
    expect(restarts).toBe(0);
    await one.restart();
    expect(restarts).toBe(1);
  });

  test('is not started where it would miss what this one was started with', async () => {
    const one = updates({ canRestart: false });
    await one.check();
    await one.download();
    await one.restart();
    expect(restarts).toBe(0);
  });

  test('is not downloaded where it is only told', async () => {
    const one = updates({ way: 'tells' });
    await one.check();
    await one.download();
    expect(one.state).toEqual({
      kind: 'told',
      version: '2.0.0',
      isPostponed: false,
      hasReleasePage: true,
    });
    expect(downloads).toBe(0);
  });

  test('has a page to read once it is told, and not before', async () => {
    const one = updates({ way: 'tells' });
    expect(one.page).toBeUndefined();
    await one.check();
    expect(one.page).toBe('https://example.com/v2.0.0');
  });

  test('that is not what was published is told as such', async () => {
    const one = updates();
    await one.check();
    problem = Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' });
    await one.download();
    expect(one.state).toEqual({ kind: 'failed', version: '2.0.0', problem: 'damaged' });
  });

  test('can be put off', async () => {
    const one = updates();
    await one.check();
    one.later();
    await one.check();
    expect(one.state).toMatchObject({ kind: 'available', isPostponed: true });
  });
});
