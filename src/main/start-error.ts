import { app, dialog } from 'electron';
import { DEFAULT_SETTINGS } from '../core/settings/settings';
import { sanitizeLine } from '../core/api/sanitize';
import type { TranslateDesktop } from '../shared/i18n/translate';
import { log } from './logger';

/** Reports on standard error and in a dialog why Ringside can't start, and exits with code 1. */
export async function exitWithStartError(error: unknown): Promise<void> {
  log.error('cannot start', error);
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Ringside can't start: ${reason}\n`);
  try {
    await app.whenReady();
    dialog.showErrorBox('Ringside', await getStartErrorText(reason));
  } finally {
    app.exit(1);
  }
}

/** Asks whether to start even though the profile is in use on another computer. */
export async function confirmStartAnyway(host: string): Promise<boolean> {
  await app.whenReady();
  const t = await loadTranslation();
  const quit = t('start.quit');
  // The asynchronous variant never resolves on Linux without a window.
  const response = dialog.showMessageBoxSync({
    type: 'warning',
    title: 'Ringside',
    message: t('start.inUse', { host: sanitizeLine(host) }),
    detail: t('start.inUseDetail'),
    buttons: [quit, t('start.startAnyway')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

async function getStartErrorText(reason: string): Promise<string> {
  try {
    const t = await loadTranslation();
    return t('start.failed', { reason });
  } catch {
    return reason;
  }
}

/** The texts in the language of the system: the settings may not have been read. */
async function loadTranslation(): Promise<TranslateDesktop> {
  const { I18n } = await import('./i18n');
  const languages = app.getPreferredSystemLanguages();
  const system = { languages, region: undefined, locale: undefined, hourCycle: undefined };
  const i18n = new I18n(() => DEFAULT_SETTINGS, system);
  await i18n.load();
  return i18n.t;
}
