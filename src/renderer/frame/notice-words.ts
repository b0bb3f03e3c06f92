import type { Notice, Platform } from '../../shared/state';
import { acceleratorWords } from '../settings/accelerator';
import type { Words } from '../words.svelte';

/** What is wrong on this machine, what Ringside does about it, and what the person can do. */
export function noticeWords(notice: Notice, { t }: Words, os: Platform['os']): string {
  switch (notice.kind) {
    case 'broken-file':
      return notice.keptAs === undefined
        ? t('notice.broken-file', { file: notice.file })
        : t('notice.broken-file-kept', { file: notice.file, keptAs: notice.keptAs });
    case 'cannot-save':
      return t('notice.cannot-save', { file: notice.file, code: notice.code });
    case 'no-tray':
      return notice.desktop === 'gnome' ? t('notice.no-tray-gnome') : t('notice.no-tray');
    case 'shortcut-taken':
      return t('notice.shortcut-taken', { shortcut: acceleratorWords(notice.shortcut, os) });
  }
}
