import { expect, test } from 'vitest';
import {
  isAdministratorOnly,
  isWindowsFileTrusted,
  parseRegistryValue,
  readRegistryPolicy,
} from '../../../src/main/storage/windows-policy';

const CLOSED = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';
const PATH = 'C:\\ProgramData\\Ringside\\policy.json';

test('reads the policy from the output of reg query', () => {
  const text = '{"settings": {"theme": "dark"},    "updates": false}';
  const output = `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Ringside\r\n    Policy    REG_SZ    ${text}\r\n\r\n`;
  expect(parseRegistryValue(output, 'Policy')).toBe(text);
  const calls: unknown[] = [];
  const run = (...call: unknown[]) => {
    calls.push(call);
    return output;
  };
  expect(readRegistryPolicy(run)).toBe(text);
  expect(calls).toEqual([
    [
      'C:\\Windows\\System32\\reg.exe',
      ['query', 'HKLM\\SOFTWARE\\Policies\\Ringside', '/v', 'Policy', '/reg:64'],
    ],
  ]);
});

test.each([
  '',
  'ERROR: The system was unable to find the specified registry key or value.',
  '    Policy    REG_DWORD    0x1',
  '    Other    REG_SZ    {}',
])('finds no policy in %j', (output) => {
  expect(readRegistryPolicy(() => output)).toBeUndefined();
});

test('finds no policy if reg.exe fails', () => {
  expect(readRegistryPolicy(() => undefined)).toBeUndefined();
});

test.each([
  CLOSED,
  'O:SYG:SYD:(A;;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FRFX;;;BU)',
  'O:S-1-5-32-544G:S-1-5-21-1-2-3-513D:AI(D;;FA;;;BU)(A;;FA;;;S-1-5-18)',
  `${CLOSED}S:AI(AU;SAFA;FA;;;WD)`,
  'O:BAG:SYD:P(A;OICIIO;FA;;;CO)(A;;FA;;;BA)',
])('trusts %s', (sddl) => {
  expect(isAdministratorOnly(sddl)).toBe(true);
});

test.each([
  ['a user owns it', CLOSED.replace('O:BA', 'O:S-1-5-21-1-2-3-1001')],
  ['users may create files', `${CLOSED}(A;CI;DCLCRPCR;;;BU)`],
  ['users may write, in numbers', `${CLOSED}(A;;0x1301bf;;;BU)`],
  ['everyone may append', `${CLOSED}(A;;0x100004;;;WD)`],
  ['users may delete', `${CLOSED}(A;;SD;;;BU)`],
  ['users may change the owner', `${CLOSED}(A;;WO;;;BU)`],
  ['one user has everything', `${CLOSED}(A;ID;FA;;;S-1-5-21-1-2-3-1001)`],
  ['a right is unknown', `${CLOSED}(A;;ZZ;;;BU)`],
  ['an entry is unknown', `${CLOSED}(XA;;FR;;;BU)`],
  ['an entry is conditional', `${CLOSED}(XA;;FR;;;BU;(a == 1))`],
  ['there are no access rights', 'O:BAG:SY'],
  ['access is not controlled', 'O:BAG:SYD:NO_ACCESS_CONTROL'],
  ['it is empty', ''],
])('does not trust a descriptor if %s', (_, sddl) => {
  expect(isAdministratorOnly(sddl)).toBe(false);
});

test('trusts a file only if its folder is protected too', () => {
  const open = `${CLOSED}(A;CI;DCLC;;;BU)`;
  expect(isWindowsFileTrusted(PATH, () => `${CLOSED}\r\n${CLOSED}\r\n`)).toBe(true);
  expect(isWindowsFileTrusted(PATH, () => `${open}\r\n${CLOSED}\r\n`)).toBe(false);
  expect(isWindowsFileTrusted(PATH, () => `${CLOSED}\r\n${open}\r\n`)).toBe(false);
  expect(isWindowsFileTrusted(PATH, () => `${CLOSED}\r\n`)).toBe(false);
  expect(isWindowsFileTrusted(PATH, () => undefined)).toBe(false);
});
