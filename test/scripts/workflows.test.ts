import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { load } from 'js-yaml';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json';
import { isList, isPackage } from '../../scripts/package/formats.mjs';

const FOLDER = resolve(import.meta.dirname, '../../.github');

const permissions = v.record(v.string(), v.picklist(['read', 'write']));
const step = v.object({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown()), {}),
});
const matrix = v.object({
  include: v.optional(v.array(v.object({ os: v.string(), command: v.optional(v.string()) }))),
});
const job = v.object({
  uses: v.optional(v.string()),
  needs: v.optional(v.string()),
  permissions: v.optional(permissions),
  'timeout-minutes': v.optional(v.number()),
  strategy: v.optional(v.object({ matrix })),
  steps: v.optional(v.array(step), []),
});
const workflow = v.object({
  name: v.string(),
  on: v.record(v.string(), v.unknown()),
  permissions,
  jobs: v.record(v.string(), job),
});

type Workflow = v.InferOutput<typeof workflow>;

const workflows = await Promise.all(
  (await readdir(resolve(FOLDER, 'workflows'))).map(
    async (file) =>
      [
        file,
        v.parse(workflow, load(await readFile(resolve(FOLDER, 'workflows', file), 'utf8'))),
      ] as const,
  ),
);

describe.each(workflows)('the workflow %s', (_, { jobs, permissions: given }) => {
  it('runs only scripts that there are', () => {
    const asked = commandsOf(jobs).flatMap((command) => scriptsIn(command));
    expect(asked.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  });

  it('may by itself read and no more', () => {
    expect(given).toEqual({ contents: 'read' });
  });

  it('takes actions from one hand, by their version', () => {
    const actions = Object.values(jobs).flatMap(({ steps }) =>
      steps.flatMap(({ uses }) => uses ?? []),
    );
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  it('has an end for each job, and each job that it waits for', () => {
    for (const [name, { 'timeout-minutes': limit, uses, needs }] of Object.entries(jobs)) {
      if (uses === undefined) expect(limit, name).toBeGreaterThan(0);
      if (needs !== undefined) expect(Object.keys(jobs)).toContain(needs);
    }
  });
});

it('only what publishes a release may write, and nothing but that', () => {
  const writing = workflows.flatMap(([file, { jobs }]) =>
    Object.entries(jobs).flatMap(([name, { permissions: given }]) =>
      given === undefined ? [] : [[file, name, given] as const],
    ),
  );
  expect(writing).toEqual([
    ['release.yml', 'publish', { contents: 'write', 'id-token': 'write', attestations: 'write' }],
  ]);
});

describe('a release', () => {
  const jobs = workflows.find(([file]) => file === 'release.yml')?.[1].jobs ?? {};
  const stepsOf = (name: string) => jobs[name]?.steps ?? [];

  it('takes along every package, and what the updater reads beside them', () => {
    const upload = stepsOf('package').find(({ uses }) => uses?.includes('/upload-artifact@'));
    const taken = String(upload?.with['path']).trim().split(/\s+/);
    expect(taken.every((glob) => /^dist\/\*(\.\w+)+$/.test(glob))).toBe(true);
    const made = [
      'ringside-1.0.0-linux-x64.deb',
      'ringside-1.0.0-linux-arm64.AppImage',
      'ringside-1.0.0-linux-x64.tar.gz',
      'ringside-1.0.0-win-arm64-setup.exe',
      'ringside-1.0.0-win-arm64-setup.exe.blockmap',
      'ringside-1.0.0-win-x64.msi',
      'ringside-1.0.0-mac-universal.dmg',
      'ringside-1.0.0-mac-universal.zip',
      'latest.yml',
      'latest-linux-arm64.yml',
      'beta-mac.yml',
    ];
    for (const name of made) {
      expect(isPackage(name) || isList(name), name).toBe(true);
      expect(
        taken.some((glob) => name.endsWith(glob.replace('dist/*', ''))),
        name,
      ).toBe(true);
    }
  });

  it('has the sums of all of it, and says of all of it where it was built', () => {
    const steps = stepsOf('publish');
    const sums = steps.findIndex(({ run }) => run?.includes('sha256sum -- *'));
    const attest = steps.findIndex(({ uses }) => uses?.includes('/attest-build-provenance@'));
    expect(steps[attest]?.with).toEqual({ 'subject-checksums': 'packages/SHA256SUMS' });
    expect(sums).toBeGreaterThan(-1);
    expect(attest).toBeGreaterThan(sums);
    expect(steps.at(-1)?.run).toMatch(/gh release create .* packages\/\*/);
  });

  it('that is a beta is marked as one, for the stable channel is offered what is not', () => {
    expect(stepsOf('publish').at(-1)?.run).toMatch(/\*-\*\) kind=--prerelease /);
  });
});

it('the forms for reports are whole, and each answer that is asked for has a name', async () => {
  const form = v.object({
    name: v.string(),
    description: v.string(),
    body: v.array(v.object({ type: v.string(), id: v.optional(v.string()) })),
  });
  const files = (await readdir(resolve(FOLDER, 'ISSUE_TEMPLATE'))).filter(
    (file) => file !== 'config.yml',
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = await readFile(resolve(FOLDER, 'ISSUE_TEMPLATE', file), 'utf8');
    const { body } = v.parse(form, load(text));
    const ids = body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
    expect(ids, file).not.toContain(undefined);
    expect(new Set(ids).size, file).toBe(ids.length);
  }
});

/** Everything that the jobs run, also what a matrix names. */
function commandsOf(jobs: Workflow['jobs']): readonly string[] {
  return Object.values(jobs).flatMap(({ steps, strategy }) => [
    ...steps.flatMap(({ run }) => run ?? []),
    ...(strategy?.matrix.include ?? []).flatMap(({ command }) => command ?? []),
  ]);
}

/** The scripts of package.json in a command, by name. */
function scriptsIn(command: string): readonly string[] {
  const run = [...command.matchAll(/npm run (?:--?\S+ )*([\w:]+)/g)].map(([, name = '']) => name);
  return /npm test\b/.test(command) ? [...run, 'test'] : run;
}
