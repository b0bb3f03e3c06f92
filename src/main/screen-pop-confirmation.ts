import { dialog } from 'electron';
import type { I18n } from './i18n';

/** Asks the user, outside any page, whether pages from a host may be opened for calls. */
export async function confirmScreenPopHost(host: string, i18n: I18n): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Ringside',
    message: i18n.t('screenPop.question', { host }),
    detail: i18n.t('screenPop.questionDetail'),
    buttons: [i18n.t('screenPop.open'), i18n.t('screenPop.cancel')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
