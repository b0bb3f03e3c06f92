import type { UpdateState } from '../../../core/update';
import type { I18n } from '../../i18n.svelte';

/** Describes the update status. */
export function getUpdateText(update: UpdateState, i18n: I18n): string {
  const { t } = i18n;
  switch (update.kind) {
    case 'off':
      return t(`update.${update.reason}`);
    case 'idle':
      return update.checkedAt === null
        ? t('update.unchecked')
        : t('update.upToDate', { time: i18n.time(update.checkedAt) });
    case 'checking':
      return t('update.checking');
    case 'available':
      return t('update.available', { version: update.version });
    case 'manual':
      return t('update.availableManually', { version: update.version });
    case 'downloading':
      return t('update.downloading', {
        version: update.version,
        percent: i18n.percent(update.percent),
      });
    case 'ready':
      return t('update.ready', { version: update.version });
    case 'failed':
      return t(`updateError.${update.problem}`);
  }
}

/** Whether the update gets a banner, outside of the settings. */
export function isUpdateAnnounced(update: UpdateState): boolean {
  switch (update.kind) {
    case 'available':
    case 'manual':
    case 'ready':
      return !update.isPostponed;
    case 'downloading':
      return true;
    case 'failed':
      // A failed check is repeated automatically.
      return update.version !== null;
    default:
      return false;
  }
}
