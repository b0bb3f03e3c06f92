import { release } from 'node:os';
import type { ConnectionStatus, Platform } from '../shared/state';
import type { AccountManager } from './accounts/account-manager';
import type { SettingsStore } from './storage/settings-store';
import type { LastError } from './log';
import type { DesktopCapabilities } from './platform/dbus';
import type { PolicyFile } from './storage/policy-file';

/** What the report is put together from. */
export interface DiagnosticsSources {
  readonly accounts: Pick<
    AccountManager,
    'accounts' | 'connection' | 'requestStats' | 'sessionKeys'
  >;
  readonly settings: Pick<SettingsStore, 'get' | 'managedNames'>;
  readonly platform: Platform;
  readonly capabilities: DesktopCapabilities;
  readonly policy: PolicyFile;
  readonly errors: readonly LastError[];
}

/** A report for support: versions and capabilities, nothing about persons or calls. */
export function diagnosticsText({
  accounts: accountManager,
  settings,
  platform,
  capabilities,
  policy,
  errors,
}: DiagnosticsSources): string {
  const { accounts, sessionKeys, requestStats } = accountManager;
  const connections = accounts.length === 0 ? [accountManager] : accounts;
  const states = connections.map(({ connection }) => stateOf(connection)).join(', ');
  return [
    `Ringside ${platform.version}`,
    `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
    `${process.platform} ${release()} ${process.arch}, ${process.env['XDG_SESSION_TYPE'] ?? 'no session type'}, ${process.env['XDG_CURRENT_DESKTOP'] ?? 'no desktop name'}`,
    `Tray: ${capabilities.tray ? 'yes' : 'no'}; keyring: ${platform.hasKeyring ? 'yes' : 'no'}; markup in notifications: ${capabilities.bodyMarkup ? 'yes' : 'no'}`,
    `Notifications: ${capabilities.notifications?.join(', ') ?? 'unknown'}`,
    `Connection: ${states}; sessions: ${sessionKeys.length}; interval: ${settings.get().pollSeconds} s`,
    `Polls: ${requestStats.polls}, failed: ${requestStats.failed}; first response ${ms(requestStats.firstMs)} after the start; latest: median ${ms(requestStats.medianMs)}, slowest ${ms(requestStats.slowestMs)}`,
    `Policy: ${policyWords(policy)}; managed settings: ${settings.managedNames.join(', ') || 'none'}`,
    `Memory of the main process: ${Math.round(process.memoryUsage().rss / 1_048_576)} MiB; running for ${Math.round(process.uptime() / 60)} min`,
    `Last errors: ${errors.length === 0 ? 'none' : ''}`,
    ...errors.map(({ at, text }) => `  ${new Date(at).toISOString()} ${text}`),
  ].join('\n');
}

function stateOf(connection: ConnectionStatus): string {
  const { kind } = connection;
  return kind === 'offline' ? `${kind} (${connection.error.kind}, ${connection.error.code})` : kind;
}

function ms(time: number | undefined): string {
  return time === undefined ? 'never' : `${Math.round(time)} ms`;
}

/** Names only: the values may tell whose computer this is. */
function policyWords({ path, isPresent, policy, problem }: PolicyFile): string {
  if (!isPresent) return 'none';
  const updates = policy.canUpdate ? '' : ', no updates';
  switch (problem?.kind) {
    case undefined:
      return `${path}${updates}`;
    case 'entries':
      return `${path}${updates}, not followed: ${problem.names.join(', ')}`;
    case 'unreadable':
      return `${path}, unreadable (${problem.code})`;
    case 'broken':
    case 'unsafe':
      return `${path}, ${problem.kind}`;
  }
}
