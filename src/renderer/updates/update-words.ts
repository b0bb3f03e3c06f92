import type { Update } from '../../core/update';
import type { Words } from '../words.svelte';

/** Where Ringside stands with newer versions of itself. */
export function updateWords(update: Update, words: Words): string {
  const { t } = words;
  switch (update.kind) {
    case 'off':
      return t(`update.${update.why}`);
    case 'idle':
      return update.checkedAt === null
        ? t('update.unchecked')
        : t('update.newest', { time: words.time(update.checkedAt) });
    case 'checking':
      return t('update.checking');
    case 'available':
      return t('update.available', { version: update.version });
    case 'told':
      return t('update.told', { version: update.version });
    case 'downloading':
      return t('update.downloading', {
        version: update.version,
        percent: new Intl.NumberFormat(words.language, { style: 'percent' }).format(
          update.percent / 100,
        ),
      });
    case 'ready':
      return t('update.ready', { version: update.version });
    case 'failed':
      return t(`updateFault.${update.fault}`);
  }
}

/** Whether it is news that the person should come across without looking for it. */
export function isNews(update: Update): boolean {
  switch (update.kind) {
    case 'available':
    case 'told':
    case 'ready':
      return !update.later;
    case 'downloading':
      return true;
    case 'failed':
      // That nobody could be asked is no news: it is tried again.
      return update.version !== null;
    default:
      return false;
  }
}
