import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { NO_POLICY, readPolicy, type PolicyFault, type ReadPolicy } from '../../core/policy';
import { codeOf } from './error-code';

/** What a computer's policy says, and where it says so. */
export interface PolicyFile extends ReadPolicy {
  readonly path: string;
  /** Whether there is such a file at all. */
  readonly present: boolean;
}

/** Larger than any policy (bytes): such a file is something else. */
const LARGEST = 256 * 1024;
/** Who may write, besides the owner. */
const OTHERS_MAY_WRITE = 0o022;

/**
 * Where a system keeps what administrators set for everybody. None of it is asked of the
 * environment, which is each person's own to change: that is why Windows' folder is written out.
 */
export function policyPath(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return '/Library/Application Support/Ringside/policy.json';
    case 'win32':
      return 'C:\\ProgramData\\Ringside\\policy.json';
    default:
      return '/etc/ringside/policy.json';
  }
}

/** The file to read: only a checkout that is worked on can be pointed to another one. */
export function policyPlace(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly path: string; readonly owners: readonly number[] } {
  const other = environment['RINGSIDE_POLICY'] ?? '';
  if (isPackaged || other === '') return { path: policyPath(platform), owners: [0] };
  return { path: other, owners: [0, process.getuid?.() ?? 0] };
}

/**
 * Reads the policy. Where the system tells who owns a file, only one of the `owners` is believed,
 * and only if nobody else may write; on Windows the folder's own rights must see to it.
 */
export function readPolicyFile(
  { path, owners }: { readonly path: string; readonly owners: readonly number[] },
  platform: NodeJS.Platform,
): PolicyFile {
  const broken = (fault: PolicyFault | undefined): PolicyFile => ({
    path,
    present: fault !== undefined,
    policy: NO_POLICY,
    fault,
  });
  try {
    // Without waiting: what lies there could be a pipe.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
    try {
      const stats = fstatSync(file);
      if (platform !== 'win32' && !isTheirs(stats, owners)) return broken({ kind: 'unsafe' });
      if (!stats.isFile() || stats.size > LARGEST) return broken({ kind: 'broken' });
      return { path, present: true, ...readPolicy(readFileSync(file, 'utf8')) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = codeOf(error);
    const isNone = code === 'ENOENT' || code === 'ENOTDIR';
    return broken(isNone ? undefined : { kind: 'unreadable', code });
  }
}

function isTheirs({ uid, mode }: Stats, owners: readonly number[]): boolean {
  return owners.includes(uid) && (mode & OTHERS_MAY_WRITE) === 0;
}
