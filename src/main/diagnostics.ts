import { release } from 'node:os';
import type { ConnectionStatus, Platform } from '../shared/state';
import type { AccountList } from './accounts/account-list';
import type { AccountManager } from './accounts/account-manager';
import type { RecentError } from './logger';
import type { DesktopCapabilities } from './platform/dbus';
import type { PolicyFile } from './storage/policy-file';
import type { SettingsStore } from './storage/settings-store';

/** The data for the report. */
export interface DiagnosticsSources {
  readonly accounts: Pick<AccountManager, 'connection' | 'requestStats'> & {
    readonly list: Pick<AccountList, 'views' | 'sessionKeys'>;
  };
  readonly settings: Pick<SettingsStore, 'get' | 'managedNames'>;
  readonly platform: Platform;
  readonly capabilities: DesktopCapabilities;
  readonly policy: PolicyFile;
  readonly errors: readonly RecentError[];
}

/** Creates a report for support: versions and capabilities, without personal data. */
export function createDiagnosticsReport({
  accounts,
  settings,
  platform,
  capabilities,
  policy,
  errors,
}: DiagnosticsSources): string {
  const { list, requestStats } = accounts;
  const { views } = list;
  const connections = views.length === 0 ? [accounts] : views;
  const states = connections.map(({ connection }) => formatConnection(connection)).join(', ');
  return [
    `Ringside ${platform.version}`,
    `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
    `${process.platform} ${release()} ${process.arch}, ${process.env['XDG_SESSION_TYPE'] ?? 'no session type'}, ${process.env['XDG_CURRENT_DESKTOP'] ?? 'no desktop name'}`,
    `Tray: ${capabilities.tray ? 'yes' : 'no'}; keyring: ${platform.hasKeyring ? 'yes' : 'no'}; markup in notifications: ${capabilities.bodyMarkup ? 'yes' : 'no'}`,
    `Notification capabilities: ${capabilities.notifications?.join(', ') ?? 'unknown'}`,
    `Connection: ${states}; sessions: ${list.sessionKeys.length}; interval: ${settings.get().pollSeconds} s`,
    `Polls: ${requestStats.polls}, failed: ${requestStats.failed}; first response ${formatMs(requestStats.firstMs)} after the start; latest: median ${formatMs(requestStats.medianMs)}, slowest ${formatMs(requestStats.slowestMs)}`,
    `Call history: ${formatAvailability(views.map((account) => account.isHistoryRefused))}`,
    `Contacts: ${settings.get().contacts ? formatAvailability(views.map((account) => account.areContactsRefused)) : 'off'}`,
    `Chats: ${settings.get().chatMessages ? formatAvailability(views.map((account) => account.areChatsRefused)) : 'off'}`,
    `Voicemail: ${settings.get().voicemail ? formatAvailability(views.map((account) => account.isVoicemailRefused)) : 'off'}`,
    `Policy: ${formatPolicy(policy)}; managed settings: ${settings.managedNames.join(', ') || 'none'}`,
    `Memory of the main process: ${Math.round(process.memoryUsage().rss / 1_048_576)} MiB; uptime: ${Math.round(process.uptime() / 60)} min`,
    `Recent errors: ${errors.length === 0 ? 'none' : ''}`,
    ...errors.map(({ at, text }) => `  ${new Date(at).toISOString()} ${text}`),
  ].join('\n');
}

/** What the servers of the accounts allow. */
function formatAvailability(areRefused: readonly boolean[]): string {
  const refused = areRefused.filter(Boolean).length;
  return refused === 0
    ? 'available'
    : `not available for ${refused} of ${areRefused.length} accounts`;
}

function formatConnection(connection: ConnectionStatus): string {
  const { kind } = connection;
  return kind === 'offline' ? `${kind} (${connection.error.kind}, ${connection.error.code})` : kind;
}

function formatMs(time: number | undefined): string {
  return time === undefined ? 'never' : `${Math.round(time)} ms`;
}

/** Without values, which may reveal the organization. */
function formatPolicy({ path, isPresent, policy, problem }: PolicyFile): string {
  if (!isPresent) return 'none';
  const updates = policy.canUpdate ? '' : ', no updates';
  switch (problem?.kind) {
    case undefined:
      return `${path}${updates}`;
    case 'entries':
      return `${path}${updates}, ignored: ${problem.names.join(', ')}`;
    case 'unreadable':
      return `${path}, unreadable (${problem.code})`;
    case 'broken':
    case 'unsafe':
      return `${path}, ${problem.kind}`;
  }
}
