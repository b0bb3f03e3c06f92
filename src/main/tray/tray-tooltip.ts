import type { TrayStatus } from '../../core/tray-status';
import { truncate } from '../../core/api/sanitize';
import type { AppState } from '../../shared/state';
import { REQUIRED_ROLE, type I18n } from '../i18n';
import { getCallerName } from '../notifications/notification-text';
import { getDoNotDisturbLabel } from './tray-menu';

/** In UTF-16 units; some panels cut longer tooltips in the middle of a word. */
const MAX_TOOLTIP_LENGTH = 120;

/** The tray status in words, such as "Ringside: 2 calls · 1 to call back". */
export function getTrayTooltip(
  {
    trayStatus: status,
    connection,
    doNotDisturb,
  }: Pick<AppState, 'trayStatus' | 'connection' | 'doNotDisturb'>,
  i18n: I18n,
): string {
  const { t } = i18n;
  switch (connection.kind) {
    // There are no known calls yet, which doesn't mean that there are none.
    case 'starting':
    case 'signing-in':
      return t('tray.connecting');
    case 'paused':
      return t('tray.paused');
    case 'live':
    case 'offline':
    case 'forbidden':
    case 'keyring-locked':
    case 'signed-out': {
      const text = t('tray.status', { status: getStatusText(status, i18n) });
      return truncate(
        doNotDisturb ? `${text} · ${getDoNotDisturbLabel(doNotDisturb, i18n)}` : text,
        MAX_TOOLTIP_LENGTH,
      );
    }
  }
}

function getStatusText(status: TrayStatus, i18n: I18n): string {
  const { t } = i18n;
  const missed = status.missedCount > 0 ? [t('tray.callbacks', { count: status.missedCount })] : [];
  switch (status.kind) {
    case 'ringing': {
      const [first, ...others] = status.ringing;
      const known = getCallerName(first, i18n);
      const isContact = first.party.isNameFromContacts === true;
      const name = isContact ? t('menu.contactName', { name: known }) : known;
      const { customer } = first;
      const text =
        customer === undefined
          ? t('tray.ringing', { name })
          : t('tray.ringingFor', { name, customer });
      return others.length === 0
        ? text
        : t('tray.ringingMore', { first: text, count: others.length });
    }
    case 'connection-problem':
      return getProblemText(status.problem, i18n);
    case 'active':
      return [t('tray.calls', { count: status.activeCount }), ...missed].join(' · ');
    case 'missed':
      return missed.join('');
    case 'idle':
      return t('tray.idle');
  }
}

function getProblemText(
  problem: Extract<TrayStatus, { kind: 'connection-problem' }>['problem'],
  { t }: I18n,
) {
  switch (problem) {
    case 'offline':
      return t('tray.offline');
    case 'keyring':
      return t('tray.keyring');
    case 'sign-in':
      return t('tray.signIn');
    case 'forbidden':
      return t('tray.forbidden', { role: REQUIRED_ROLE });
  }
}
