import { app, dialog } from 'electron';
import { DEFAULT_SETTINGS } from '../core/settings/settings';
import { log } from './logger';

/** Says why Ringside can't start, on standard error and in a dialog, and ends it with code 1. */
export async function exitWithStartError(error: unknown): Promise<void> {
  log.error('cannot start', error);
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Ringside can't start: ${reason}\n`);
  try {
    await app.whenReady();
    dialog.showErrorBox('Ringside', await translate(reason));
  } finally {
    app.exit(1);
  }
}

async function translate(reason: string): Promise<string> {
  try {
    const { I18n } = await import('./i18n');
    const languages = app.getPreferredSystemLanguages();
    const system = { languages, region: undefined, locale: undefined, hourCycle: undefined };
    const i18n = new I18n(() => DEFAULT_SETTINGS, system);
    await i18n.load();
    return i18n.t('start.failed', { reason });
  } catch {
    return reason;
  }
}
