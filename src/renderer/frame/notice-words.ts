import type { PolicyFault } from '../../core/policy';
import type { Notice, Platform } from '../../shared/state';
import { acceleratorWords } from '../settings/accelerator';
import type { Words } from '../words.svelte';

/** What is wrong on this machine, what Ringside does about it, and what the person can do. */
export function noticeWords(notice: Notice, words: Words, os: Platform['os']): string {
  const { t } = words;
  switch (notice.kind) {
    case 'broken-file':
      return notice.keptAs === undefined
        ? t('notice.broken-file', { file: notice.file })
        : t('notice.broken-file-kept', { file: notice.file, keptAs: notice.keptAs });
    case 'cannot-save':
      return unsavedWords(notice.file, notice.code, words);
    case 'no-tray':
      return notice.desktop === 'gnome' ? t('notice.no-tray-gnome') : t('notice.no-tray');
    case 'shortcut-taken':
      return t('notice.shortcut-taken', { shortcut: acceleratorWords(notice.shortcut, os) });
    case 'policy':
      return policyWords(notice.file, notice.fault, words);
  }
}

/** Only a disk that is full is said to be: of what else there is, it would be no help. */
function unsavedWords(file: string, code: string, { t }: Words): string {
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return t('notice.cannot-save-full', { file, code });
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) return t('notice.cannot-save-denied', { file, code });
  return t('notice.cannot-save', { file, code });
}

function policyWords(file: string, fault: PolicyFault, words: Words): string {
  const { t } = words;
  switch (fault.kind) {
    case 'unreadable':
      return t('policy.unreadable', { file, code: fault.code });
    case 'unsafe':
      return t('policy.unsafe', { file });
    case 'broken':
      return t('policy.broken', { file });
    case 'entries':
      return t('policy.entries', { file, names: words.list(fault.names) });
  }
}
