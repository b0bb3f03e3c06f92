import { execFileSync } from 'node:child_process';
import { win32 } from 'node:path';

/** Runs a program and returns its output; `undefined` if it fails. */
export type RunProgram = (program: string, args: readonly string[]) => string | undefined;

/** Only administrators can write this key, no matter who created it. */
export const POLICY_REGISTRY_KEY = 'HKLM\\SOFTWARE\\Policies\\Ringside';
/** The value that holds the policy as JSON text. */
const REGISTRY_VALUE = 'Policy';
// Constants, because users can change their environment variables.
const WINDOWS_FOLDER = 'C:\\Windows';
const REG = `${WINDOWS_FOLDER}\\System32\\reg.exe`;
const POWERSHELL = `${WINDOWS_FOLDER}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
const TIMEOUT_MS = 10_000;

/** Returns the text of the policy in the registry; `undefined` if there is none. */
export function readRegistryPolicy(run: RunProgram = runProgram): string | undefined {
  const args = ['query', POLICY_REGISTRY_KEY, '/v', REGISTRY_VALUE, '/reg:64'];
  return parseRegistryValue(run(REG, args) ?? '', REGISTRY_VALUE);
}

/** Whether only administrators and the system can write a file and its folder. */
export function isWindowsFileTrusted(path: string, run: RunProgram = runProgram): boolean {
  const command = [win32.dirname(path), path]
    .map((item) => `(Get-Acl -LiteralPath '${item}').Sddl`)
    .join('; ');
  const output = run(POWERSHELL, ['-NoProfile', '-NonInteractive', '-Command', command]) ?? '';
  const descriptors = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  return descriptors.length === 2 && descriptors.every(isAdministratorOnly);
}

/** Returns a text value from the output of `reg query`. */
export function parseRegistryValue(output: string, name: string): string | undefined {
  for (const line of output.split(/\r?\n/)) {
    const [, found, text] = /^ {4}(\S+) {4}REG_SZ {4}(.*)$/.exec(line) ?? [];
    if (found?.toLowerCase() === name.toLowerCase()) return text;
  }
  return undefined;
}

/** Administrators, the system, and Windows' own installer: as letters or as numbers. */
const ADMINISTRATORS = new Set([
  'BA',
  'SY',
  'S-1-5-32-544',
  'S-1-5-18',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);
/** Rights to read and to list, as letters. */
const READ_RIGHTS = new Set(['FR', 'FX', 'GR', 'GX', 'RC', 'CC', 'SW', 'WP', 'LO']);
/** The same rights as bits, and the right to wait for the file. */
const READ_BITS = 0xa012_00a9;

/**
 * Whether a security descriptor in SDDL is owned by administrators and lets only them write.
 * Everything that isn't understood counts as a right to write.
 */
export function isAdministratorOnly(sddl: string): boolean {
  const parts = /^O:(.+?)G:.+?D:((?:P|AR|AI)*)((?:\([^()]*\))*)(?:S:.*)?$/.exec(sddl.trim());
  const [, owner = '', , entries = ''] = parts ?? [];
  if (!parts || !ADMINISTRATORS.has(owner)) return false;
  return [...entries.matchAll(/\(([^()]*)\)/g)].every(([, entry = '']) => {
    const [type, flags = '', rights = '', , , trustee = ''] = entry.split(';');
    if (type === 'D' || ADMINISTRATORS.has(trustee)) return true;
    // Applies to new files in the folder only; the policy file has its own entries.
    const isInheritOnly = getTokens(flags).includes('IO');
    return type === 'A' && (isInheritOnly || isReadOnly(rights));
  });
}

function isReadOnly(rights: string): boolean {
  if (/^0x[\da-f]{1,8}$/i.test(rights)) return (Number(rights) & ~READ_BITS) === 0;
  return (
    /^(?:[A-Z]{2})+$/.test(rights) && getTokens(rights).every((right) => READ_RIGHTS.has(right))
  );
}

/** Splits the two-letter tokens of SDDL. */
function getTokens(text: string): readonly string[] {
  return text.match(/../g) ?? [];
}

function runProgram(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      env: { SystemRoot: WINDOWS_FOLDER },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: TIMEOUT_MS,
      windowsHide: true,
    });
  } catch {
    return undefined;
  }
}
