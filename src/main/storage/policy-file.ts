import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import {
  EMPTY_POLICY,
  parsePolicy,
  type PolicyProblem,
  type ParsedPolicy,
} from '../../core/settings/policy';
import { getErrorCode } from './atomic-write';

/** The policy of this computer and the file it comes from. */
export interface PolicyFile extends ParsedPolicy {
  readonly path: string;
  /** Whether the file exists. */
  readonly isPresent: boolean;
}

/** Where to read the policy, and which users may own the file. */
export interface PolicyLocation {
  readonly path: string;
  readonly owners: readonly number[];
}

const MAX_POLICY_BYTES = 256 * 1024;
const GROUP_OR_OTHERS_WRITABLE = 0o022;

/**
 * Returns where administrators put the policy. The paths are constants because users can change
 * their environment variables.
 */
export function getPolicyPath(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return '/Library/Application Support/Ringside/policy.json';
    case 'win32':
      return 'C:\\ProgramData\\Ringside\\policy.json';
    default:
      return '/etc/ringside/policy.json';
  }
}

/** Returns the file to read. Only a development build can use `RINGSIDE_POLICY` instead. */
export function getPolicyLocation(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): PolicyLocation {
  const override = environment['RINGSIDE_POLICY'] ?? '';
  if (isPackaged || override === '') return { path: getPolicyPath(platform), owners: [0] };
  return { path: override, owners: [0, process.getuid?.() ?? 0] };
}

/**
 * Reads the policy. On Linux and macOS, the file must belong to one of the owners, and only they
 * may be able to write it. On Windows, the folder's permissions must ensure that.
 */
export function readPolicyFile(
  { path, owners }: PolicyLocation,
  platform: NodeJS.Platform,
): PolicyFile {
  const withFault = (fault: PolicyProblem | undefined): PolicyFile => ({
    path,
    isPresent: fault !== undefined,
    policy: EMPTY_POLICY,
    problem: fault,
  });
  try {
    // Opening a named pipe would block otherwise.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
    try {
      const stats = fstatSync(file);
      if (platform !== 'win32' && !isTrusted(stats, owners)) return withFault({ kind: 'unsafe' });
      if (!stats.isFile() || stats.size > MAX_POLICY_BYTES) return withFault({ kind: 'broken' });
      return { path, isPresent: true, ...parsePolicy(readFileSync(file, 'utf8')) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = getErrorCode(error);
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return withFault(isMissing ? undefined : { kind: 'unreadable', code });
  }
}

function isTrusted({ uid, mode }: Stats, owners: readonly number[]): boolean {
  return owners.includes(uid) && (mode & GROUP_OR_OTHERS_WRITABLE) === 0;
}
