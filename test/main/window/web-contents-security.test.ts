import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));

const { restrictWebContents } = await import('../../../src/main/window/web-contents-security');

type Handler = (...args: unknown[]) => unknown;

let page: FakeWebContents;
let app: EventEmitter;

beforeEach(() => {
  app = new EventEmitter();
  restrictWebContents(app as never);
  page = new FakeWebContents();
  app.emit('web-contents-created', {}, page);
});

describe('restrictWebContents', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'denies navigation to other sites: %s',
    (event) => {
      for (const url of [
        'https://evovoice.io/',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'data:text/html,x',
        'ringside://avatar/x',
        'ringside://windows/index.html',
      ]) {
        expect(page.prevents(event, { url }), url).toBe(true);
      }
      expect(page.prevents(event, { url: 'ringside://window/index.html' })).toBe(false);
    },
  );

  test('denies embedded pages', () => {
    expect(page.prevents('will-attach-webview', {})).toBe(true);
  });

  test('prevents direct WebRTC connections', () => {
    expect(page.webRtcPolicy).toBe('disable_non_proxied_udp');
  });

  test('denies new windows', () => {
    expect(page.openWindow?.({ url: 'ringside://window/index.html' })).toEqual({ action: 'deny' });
  });

  test('denies downloads', () => {
    const session = new EventEmitter();
    app.emit('session-created', session);
    let prevented = false;
    session.emit('will-download', {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect(prevented).toBe(true);
  });

  test('denies every permission', () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'hid']) {
      const results: unknown[] = [];
      page.requestPermission?.(page, permission, (result: unknown) => results.push(result));
      expect(results).toEqual([false]);
      expect(page.checkPermission?.(page, permission)).toBe(false);
    }
  });
});

class FakeWebContents extends EventEmitter {
  openWindow: Handler | undefined;
  webRtcPolicy = '';
  requestPermission: Handler | undefined;
  checkPermission: Handler | undefined;
  readonly session = {
    setPermissionRequestHandler: (handler: Handler) => {
      this.requestPermission = handler;
    },
    setPermissionCheckHandler: (handler: Handler) => {
      this.checkPermission = handler;
    },
  };

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }

  setWindowOpenHandler(handler: Handler): void {
    this.openWindow = handler;
  }

  /** Returns whether a listener prevents an event. */
  prevents(name: string, event: object): boolean {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.emit(name, { ...event, preventDefault });
    return prevented;
  }
}
