import type desktop from './en/desktop.json';
import type window from './en/window.json';

declare module 'i18next' {
  /** Types keys and values after the English messages. */
  interface CustomTypeOptions {
    defaultNS: 'window';
    resources: { desktop: typeof desktop; window: typeof window };
  }
}
