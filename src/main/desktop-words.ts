/** What Ringside says outside its window: notifications, tray, menus. */
import { createInstance, type TFunction } from 'i18next';
import type { Language } from '../core/settings';
import { directionOf, isolated } from '../shared/isolate';
import en from '../shared/messages/en/desktop.json';

/** Says a message of the desktop in the person's language. */
export type Say = TFunction<'desktop'>;

type Messages = typeof en;

/** One chunk a language; English is always there, to say what another may lack. */
const bundles = import.meta.glob<Messages>(
  ['../shared/messages/*/desktop.json', '!../shared/messages/en/desktop.json'],
  { import: 'default' },
);

/** Loads the messages of a language; English where it has none. */
export async function desktopMessages(language: Language): Promise<Messages> {
  return (await bundles[`../shared/messages/${language}/desktop.json`]?.()) ?? en;
}

/** The sayings of a language, given its messages. */
export function desktopWords(language: Language, messages: Messages = en): Say {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    fallbackLng: 'en',
    ns: 'desktop',
    defaultNS: 'desktop',
    resources: { en: { desktop: en }, [language]: { desktop: messages } },
    // Nothing here is HTML; what is left is that a name may not reorder the words around it.
    interpolation: { escape: (text) => isolated(text, directionOf(language)) },
    initAsync: false,
  });
  return i18n.getFixedT(language, 'desktop');
}
