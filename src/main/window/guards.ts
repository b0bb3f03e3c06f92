import type { App, WebContents } from 'electron';

/**
 * What no page of ours ever needs is denied in one place: going elsewhere, opening windows,
 * embedding pages, downloads, permissions. Must run before the app is ready.
 */
export function guardAllPages(app: App, isOurs: (url: string) => boolean): void {
  app.on('session-created', (session) => {
    session.on('will-download', (event) => {
      event.preventDefault();
    });
  });
  app.on('web-contents-created', (_, contents) => {
    guardPage(contents, isOurs);
  });
}

function guardPage(contents: WebContents, isOurs: (url: string) => boolean): void {
  const refuseForeign = (event: { preventDefault(): void; url: string }): void => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', refuseForeign);
  contents.on('will-redirect', refuseForeign);
  contents.on('will-frame-navigate', refuseForeign);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  contents.session.setPermissionCheckHandler(() => false);
}
