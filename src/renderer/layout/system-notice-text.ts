import type { PolicyProblem } from '../../core/settings/policy';
import type { SystemNotice, Platform } from '../../shared/state';
import { formatAccelerator } from '../features/settings/accelerator';
import type { I18n } from '../i18n.svelte';

/** Describes a system problem, what Ringside does about it, and what the user can do. */
export function getSystemNoticeText(notice: SystemNotice, i18n: I18n, os: Platform['os']): string {
  const { t } = i18n;
  switch (notice.kind) {
    case 'broken-file':
      return notice.keptAs === undefined
        ? t('systemNotice.broken-file', { file: notice.file })
        : t('systemNotice.broken-file-kept', { file: notice.file, keptAs: notice.keptAs });
    case 'cannot-save':
      return getSaveErrorText(notice.file, notice.code, i18n);
    case 'no-tray':
      return notice.desktop === 'gnome'
        ? t('systemNotice.no-tray-gnome')
        : t('systemNotice.no-tray');
    case 'shortcut-taken':
      return t('systemNotice.shortcut-taken', { shortcut: formatAccelerator(notice.shortcut, os) });
    case 'no-phone-app':
    case 'keyring-locked':
      return t(`systemNotice.${notice.kind}`);
    case 'password-file':
      return t('systemNotice.password-file', { file: notice.file, code: notice.code });
    case 'policy':
      return getPolicyErrorText(notice.file, notice.fault, i18n);
  }
}

function getSaveErrorText(file: string, code: string, { t }: I18n): string {
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return t('systemNotice.cannot-save-full', { file, code });
  if (/^(EACCES|EPERM|EROFS)$/.test(code))
    return t('systemNotice.cannot-save-denied', { file, code });
  return t('systemNotice.cannot-save', { file, code });
}

function getPolicyErrorText(file: string, fault: PolicyProblem, i18n: I18n): string {
  const { t } = i18n;
  switch (fault.kind) {
    case 'unreadable':
      return t('policyError.unreadable', { file, code: fault.code });
    case 'unsafe':
      return t('policyError.unsafe', { file });
    case 'broken':
      return t('policyError.broken', { file });
    case 'entries':
      return t('policyError.entries', { file, names: i18n.list(fault.names) });
  }
}
