import type { App, WebContents } from 'electron';
import { isAppUrl } from './protocol';

/**
 * Denies what no page of the app needs: navigation to other sites, new windows, embedded pages,
 * downloads, WebRTC, and permissions. Must be called before the app is ready.
 */
export function restrictWebContents(app: App): void {
  app.on('session-created', (session) => {
    session.on('will-download', (event) => {
      event.preventDefault();
    });
  });
  app.on('web-contents-created', (_, contents) => {
    restrict(contents);
  });
}

function restrict(contents: WebContents): void {
  const denyOtherSites = (event: { preventDefault(): void; url: string }): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', denyOtherSites);
  contents.on('will-redirect', denyOtherSites);
  contents.on('will-frame-navigate', denyOtherSites);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  // Together with the pages' nonexistent proxy, this keeps WebRTC off the network.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.session.setPermissionRequestHandler((_contents, _permission, callback) => {
    callback(false);
  });
  contents.session.setPermissionCheckHandler(() => false);
}
