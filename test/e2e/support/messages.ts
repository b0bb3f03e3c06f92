import desktop from '../../../src/shared/i18n/en/desktop.json' with { type: 'json' };
import window from '../../../src/shared/i18n/en/window.json' with { type: 'json' };

/** The English texts of the app. */
export const MESSAGES = { desktop, window };

/** Matches a text with any values in place of its `{{placeholders}}`, or with these values. */
export function toPattern(message: string, values: Readonly<Record<string, string>> = {}): RegExp {
  const escape = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const parts = message.split(/\{\{(\w+)\}\}/);
  return new RegExp(
    parts
      .map((part, index) => {
        if (index % 2 === 0) return escape(part);
        const value = values[part];
        return value === undefined ? '.+' : escape(value);
      })
      .join(''),
  );
}
