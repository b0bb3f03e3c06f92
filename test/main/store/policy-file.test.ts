import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_POLICY } from '../../../src/core/policy';
import { policyPath, policyPlace, readPolicyFile } from '../../../src/main/store/policy-file';

let folder: string;
let path: string;
const me = process.getuid?.() ?? 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-policy-'));
  path = join(folder, 'policy.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the policy of a computer', () => {
  test.each<[NodeJS.Platform, string]>([
    ['linux', '/etc/ringside/policy.json'],
    ['darwin', '/Library/Application Support/Ringside/policy.json'],
    ['win32', 'C:\\ProgramData\\Ringside\\policy.json'],
  ])('on %s lies where only administrators write', (platform, place) => {
    expect(policyPath(platform)).toBe(place);
    expect(policyPlace(platform, true, {})).toEqual({ path: place, owners: [0] });
  });

  test('that is installed is not to be pointed elsewhere by a person’s environment', () => {
    const environment = { RINGSIDE_POLICY: '/home/maya/mine.json', ProgramData: 'D:\\mine' };
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(policyPlace(platform, true, environment).path).toBe(policyPath(platform));
    }
    expect(policyPlace('linux', false, environment)).toEqual({
      path: '/home/maya/mine.json',
      owners: [0, me],
    });
  });

  test('is read from its file', () => {
    put('{"settings":{"theme":"dark"},"updates":false}', 0o644);
    expect(read()).toEqual({
      path,
      present: true,
      policy: { locked: { theme: 'dark' }, updates: false },
      fault: undefined,
    });
  });

  test('is none where there is no file, nor a folder for it', () => {
    const none = { present: false, policy: NO_POLICY, fault: undefined };
    expect(read()).toEqual({ ...none, path });
    writeFileSync(path, '{}');
    expect(read(join(path, 'policy.json'))).toMatchObject(none);
  });

  test.skipIf(process.platform === 'win32').each([0o664, 0o646, 0o666])(
    'is not followed where others may write it: %o',
    (mode) => {
      put('{"updates":false}', mode);
      expect(read()).toEqual({ path, present: true, policy: NO_POLICY, fault: { kind: 'unsafe' } });
      expect(readPolicyFile({ path, owners: [me] }, 'win32').policy.updates).toBe(false);
    },
  );

  test.skipIf(process.platform === 'win32')('is not followed where it is somebody else’s', () => {
    put('{"updates":false}', 0o644);
    const read = readPolicyFile({ path, owners: [me + 1] }, 'linux');
    expect(read).toMatchObject({ policy: NO_POLICY, fault: { kind: 'unsafe' } });
  });

  test('is told where something else lies in its place', () => {
    mkdirSync(path, { mode: 0o755 });
    expect(read().policy).toBe(NO_POLICY);
    expect(read().fault).toBeDefined();
  });

  test.skipIf(process.platform === 'win32')('that is a pipe keeps nobody waiting', () => {
    execFileSync('mkfifo', ['-m', '644', path]);
    expect(read()).toMatchObject({ policy: NO_POLICY, fault: { kind: 'broken' } });
  });

  test('that is endless is none', () => {
    put(`{"settings":{"theme":"dark"}}${' '.repeat(300_000)}`, 0o644);
    expect(read()).toMatchObject({ policy: NO_POLICY, fault: { kind: 'broken' } });
  });

  test('that may not be read is told with the reason', () => {
    const read = readPolicyFile({ path: '\0', owners: [me] }, 'linux');
    expect(read).toMatchObject({ present: true, policy: NO_POLICY, fault: { kind: 'unreadable' } });
  });
});

function put(text: string, mode: number): void {
  writeFileSync(path, text);
  chmodSync(path, mode);
}

function read(from = path) {
  return readPolicyFile({ path: from, owners: [me] }, process.platform);
}
