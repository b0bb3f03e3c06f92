import type desktop from './en/desktop.json';
import type window from './en/window.json';

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The path of each message. The plural forms of a message share one. */
type Key<Messages> = {
  [Name in keyof Messages & string]: Messages[Name] extends string
    ? Name extends `${infer Base}_${PluralForm}`
      ? Base
      : Name
    : `${Name}.${Key<Messages[Name]>}`;
}[keyof Messages & string];

/** Translates a key and fills in values. Unlike i18next's own type, quick to check. */
type Translate<Messages> = (
  key: Key<Messages>,
  values?: Readonly<Record<string, unknown>>,
) => string;

/** Translates a message shown outside the window. */
export type TranslateDesktop = Translate<typeof desktop>;

/** Translates a message of the window. */
export type TranslateWindow = Translate<typeof window>;
