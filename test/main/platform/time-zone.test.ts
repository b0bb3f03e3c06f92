import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { TimeZone } from '../../../src/main/platform/time-zone';

test('leaves a time zone alone that the user chose for Ringside', () => {
  const env = { TZ: 'Asia/Tokyo' };
  new TimeZone(env).refresh();
  expect(env).toEqual({ TZ: 'Asia/Tokyo' });
});

/** Prints offsets of a day in January; each line on standard input sets the system's zone first. */
const SCRIPT = `
  const { rmSync, symlinkSync } = require('node:fs');
  const print = () => console.log(new Date(2026, 0, 1).getTimezoneOffset());
  print();
  require('node:readline').createInterface(process.stdin).on('line', (zone) => {
    rmSync('/etc/localtime', { force: true });
    symlinkSync('/usr/share/zoneinfo/' + zone, '/etc/localtime');
    delete process.env.TZ;
    print();
  });
`;

test.runIf(canReplaceEtc())('follows the zones that the system changes to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-etc-'));
  const replaceEtc = 'cp -a /etc "$0/etc" && mount --bind "$0/etc" /etc && exec "$@"';
  const args = ['-m', 'sh', '-c', replaceEtc, folder, process.execPath, '-e', SCRIPT];
  const env = { ...process.env, TZ: undefined };
  const child = spawn('unshare', args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  try {
    await next();
    for (const [zone, offset] of [
      ['Asia/Tokyo', '-540'],
      ['America/New_York', '300'],
      ['Asia/Kathmandu', '-345'],
      ['America/St_Johns', '210'],
      ['Pacific/Kiritimati', '-840'],
      ['UTC', '0'],
      ['Australia/Lord_Howe', '-660'],
    ]) {
      child.stdin.write(`${zone}\n`);
      expect(await next()).toBe(offset);
    }
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});

function canReplaceEtc(): boolean {
  try {
    execFileSync('unshare', ['-m', 'test', '-e', '/usr/share/zoneinfo/Asia/Tokyo']);
    return true;
  } catch {
    return false;
  }
}
