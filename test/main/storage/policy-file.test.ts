import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../../src/core/settings/policy';
import {
  getPolicyLocation,
  getPolicyPath,
  readPolicyFile,
} from '../../../src/main/storage/policy-file';

const CURRENT_USER = process.getuid?.() ?? 0;
const isWindows = process.platform === 'win32';

let folder: string;
let path: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ringside-policy-')));
  path = join(folder, 'policy.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each<[NodeJS.Platform, string]>([
  ['linux', '/etc/ringside/policy.json'],
  ['darwin', '/Library/Application Support/Ringside/policy.json'],
  ['win32', 'C:\\ProgramData\\Ringside\\policy.json'],
])(
  'reads the policy on %s from a folder that only administrators can write',
  (platform, expected) => {
    expect(getPolicyPath(platform)).toBe(expected);
    expect(getPolicyLocation(platform, true, {})).toEqual({ path: expected, owners: [0] });
  },
);

test('ignores the environment in a packaged app', () => {
  const environment = { RINGSIDE_POLICY: '/home/maya/mine.json', ProgramData: 'D:\\mine' };
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(getPolicyLocation(platform, true, environment).path).toBe(getPolicyPath(platform));
  }
  expect(getPolicyLocation('linux', false, environment)).toEqual({
    path: '/home/maya/mine.json',
    owners: [0, CURRENT_USER],
  });
});

test('reads a policy', () => {
  writePolicy('{"settings":{"theme":"dark"},"updates":false}', 0o644);
  expect(readPolicy()).toEqual({
    path,
    isPresent: true,
    policy: { settings: { theme: 'dark' }, canUpdate: false },
    problem: undefined,
  });
});

test('returns no policy if the file or its folder is missing', () => {
  const none = { isPresent: false, policy: EMPTY_POLICY, problem: undefined };
  expect(readPolicy()).toEqual({ ...none, path });
  writeFileSync(path, '{}');
  expect(readPolicy(join(path, 'policy.json'))).toMatchObject(none);
});

test.skipIf(isWindows).each([0o664, 0o646, 0o666])(
  'ignores a policy that others can write: %o',
  (mode) => {
    writePolicy('{"updates":false}', mode);
    expect(readPolicy()).toEqual({
      path,
      isPresent: true,
      policy: EMPTY_POLICY,
      problem: { kind: 'unsafe' },
    });
    // On Windows, the permissions of the folder count.
    expect(readPolicyFile({ path, owners: [0, CURRENT_USER] }, 'win32').policy.canUpdate).toBe(
      false,
    );
  },
);

test.skipIf(isWindows)('ignores a policy that belongs to another user', () => {
  writePolicy('{"updates":false}', 0o644);
  expect(readPolicyFile({ path, owners: [CURRENT_USER + 1] }, 'linux')).toMatchObject({
    policy: EMPTY_POLICY,
    problem: { kind: 'unsafe' },
  });
});

test.skipIf(isWindows)('ignores a policy behind a link', () => {
  const target = join(folder, 'target.json');
  writeFileSync(target, '{"updates":false}', { mode: 0o644 });
  symlinkSync(target, path);
  expect(readPolicy()).toMatchObject({ policy: EMPTY_POLICY, problem: { kind: 'unsafe' } });
  const linked = join(folder, 'linked');
  symlinkSync(folder, linked);
  expect(readPolicy(join(linked, 'target.json')).problem).toEqual({ kind: 'unsafe' });
});

test.skipIf(isWindows)('ignores a policy in a folder that others can write', () => {
  const open = join(folder, 'open');
  mkdirSync(join(open, 'closed'), { recursive: true });
  const inside = join(open, 'closed', 'policy.json');
  writeFileSync(inside, '{"updates":false}', { mode: 0o644 });
  expect(readPolicy(inside).policy.canUpdate).toBe(false);
  chmodSync(open, 0o777);
  expect(readPolicy(inside)).toMatchObject({ policy: EMPTY_POLICY, problem: { kind: 'unsafe' } });
  chmodSync(open, 0o1777);
  expect(readPolicy(inside).policy.canUpdate).toBe(false);
});

test('reports a folder in place of the policy', () => {
  mkdirSync(path, { mode: 0o755 });
  expect(readPolicy().policy).toBe(EMPTY_POLICY);
  expect(readPolicy().problem).toBeDefined();
});

test.skipIf(isWindows)('doesn’t block on a named pipe', () => {
  execFileSync('mkfifo', ['-m', '644', path]);
  expect(readPolicy()).toMatchObject({ policy: EMPTY_POLICY, problem: { kind: 'broken' } });
});

test('rejects a policy that is too large', () => {
  writePolicy(`{"settings":{"theme":"dark"}}${' '.repeat(300_000)}`, 0o644);
  expect(readPolicy()).toMatchObject({ policy: EMPTY_POLICY, problem: { kind: 'broken' } });
});

test('reports why a policy can’t be read', () => {
  const policy = readPolicyFile({ path: '\0', owners: [0, CURRENT_USER] }, 'linux');
  expect(policy).toMatchObject({
    isPresent: true,
    policy: EMPTY_POLICY,
    problem: { kind: 'unreadable' },
  });
});

function writePolicy(text: string, mode: number): void {
  writeFileSync(path, text);
  chmodSync(path, mode);
}

function readPolicy(from = path) {
  return readPolicyFile({ path: from, owners: [0, CURRENT_USER] }, process.platform);
}
