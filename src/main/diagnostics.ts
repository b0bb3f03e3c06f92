import { release } from 'node:os';
import type { Platform } from '../shared/state';
import type { Companion } from './companion';
import type { LastError } from './log';
import type { DesktopAbilities } from './desktop/session-bus';

/** A report for support: versions and abilities, nothing about persons or calls. */
export function diagnosticsText(
  companion: Pick<Companion, 'connection' | 'settings' | 'order' | 'timings'>,
  platform: Platform,
  abilities: DesktopAbilities,
  errors: readonly LastError[],
): string {
  const { connection, settings, order, timings } = companion;
  const fault =
    connection.kind === 'offline' ? ` (${connection.fault.kind}, ${connection.fault.code})` : '';
  return [
    `Ringside ${platform.version}`,
    `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
    `${process.platform} ${release()} ${process.arch}, ${process.env['XDG_SESSION_TYPE'] ?? 'no session type'}, ${process.env['XDG_CURRENT_DESKTOP'] ?? 'no desktop name'}`,
    `Tray: ${abilities.tray ? 'yes' : 'no'}; keyring: ${platform.keyring ? 'yes' : 'no'}; markup in notifications: ${abilities.readsMarkup ? 'yes' : 'no'}`,
    `Notifications: ${abilities.notifications?.join(', ') ?? 'nobody tells'}`,
    `Connection: ${connection.kind}${fault}; sessions: ${order.length}; interval: ${settings.pollSeconds} s`,
    `Answers: ${timings.answers}, failed: ${timings.failed}; the first ${ms(timings.first)} after the start; of the latest the median ${ms(timings.median)}, the slowest ${ms(timings.slowest)}`,
    `Memory of the main process: ${Math.round(process.memoryUsage().rss / 1_048_576)} MiB; running for ${Math.round(process.uptime() / 60)} min`,
    `Last errors: ${errors.length === 0 ? 'none' : ''}`,
    ...errors.map(({ at, text }) => `  ${new Date(at).toISOString()} ${text}`),
  ].join('\n');
}

function ms(time: number | undefined): string {
  return time === undefined ? 'never' : `${Math.round(time)} ms`;
}
