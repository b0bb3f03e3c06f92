import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';
import {
  EMPTY_POLICY,
  parsePolicy,
  type PolicyProblem,
  type ParsedPolicy,
} from '../../core/settings/policy';
import { decodeText } from './decode-text';
import { getErrorCode } from './atomic-write';
import { isWindowsFileTrusted, POLICY_REGISTRY_KEY, readRegistryPolicy } from './windows-policy';

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
const STICKY = 0o1000;

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

/** Reads the policy of this computer: on Windows from the registry, if there is one. */
export function readPolicy(location: PolicyLocation, platform: NodeJS.Platform): PolicyFile {
  const isWindowsLocation = platform === 'win32' && location.path === getPolicyPath(platform);
  const text = isWindowsLocation ? readRegistryPolicy() : undefined;
  if (text === undefined) return readPolicyFile(location, platform);
  return { path: POLICY_REGISTRY_KEY, isPresent: true, ...parsePolicy(text) };
}

/**
 * Reads the policy file. The file and every folder above it must belong to one of the owners, must
 * be writable only by them, and must not be links. On Windows, the file and its folder must be
 * writable only by administrators.
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
  const isWindowsLocation = platform === 'win32' && path === getPolicyPath(platform);
  try {
    if (platform !== 'win32' && !isFolderTrusted(dirname(path), owners)) {
      return withFault({ kind: 'unsafe' });
    }
    // Otherwise, opening a named pipe would block.
    const flags = (constants.O_NONBLOCK || 0) | (constants.O_NOFOLLOW || 0);
    const file = openSync(path, constants.O_RDONLY | flags);
    try {
      const stats = fstatSync(file);
      if (platform !== 'win32' && !isTrusted(stats, owners)) return withFault({ kind: 'unsafe' });
      if (isWindowsLocation && !isWindowsFileTrusted(path)) return withFault({ kind: 'unsafe' });
      if (!stats.isFile() || stats.size > MAX_POLICY_BYTES) return withFault({ kind: 'broken' });
      return { path, isPresent: true, ...parsePolicy(decodeText(readFileSync(file))) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = getErrorCode(error);
    if (code === 'ELOOP') return withFault({ kind: 'unsafe' });
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return withFault(isMissing ? undefined : { kind: 'unreadable', code });
  }
}

/** Whether only the owners can replace a folder or anything in it. */
function isFolderTrusted(folder: string, owners: readonly number[]): boolean {
  const stats = lstatSync(folder);
  if (stats.isSymbolicLink() || !owners.includes(stats.uid)) return false;
  // In a sticky folder such as /tmp, users can replace only what they own.
  const isSticky = (stats.mode & STICKY) !== 0;
  if (!isSticky && (stats.mode & GROUP_OR_OTHERS_WRITABLE) !== 0) return false;
  const parent = dirname(folder);
  return parent === folder || isFolderTrusted(parent, owners);
}

function isTrusted({ uid, mode }: Stats, owners: readonly number[]): boolean {
  return owners.includes(uid) && (mode & GROUP_OR_OTHERS_WRITABLE) === 0;
}
