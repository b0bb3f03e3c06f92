import { app } from 'electron';
import { SCHEME, WINDOW_URL } from './scheme';

/** Our pages, and who else serves them. */
export interface Pages {
  /** The address of a page of ours, such as `index.html`. */
  readonly addressOf: (page: string) => string;
  /** Whether an address is a page of ours. */
  readonly isOurs: (url: string) => boolean;
}

/**
 * The pages of the window. While developing they come from `server`, which reloads them as they are
 * written; a packaged app has none, whatever its environment says.
 */
export function windowPages(server: string | undefined): Pages {
  const origin = server === undefined ? undefined : new URL(server).origin;
  return {
    addressOf: (page) => new URL(page, server ?? WINDOW_URL).href,
    isOurs: (url) =>
      url.startsWith(`${SCHEME}://window/`) ||
      (origin !== undefined && URL.canParse(url) && new URL(url).origin === origin),
  };
}

/** The pages of this run. */
export const pages = windowPages(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']);
