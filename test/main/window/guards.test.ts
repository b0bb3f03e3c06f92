import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { guardAllPages } from '../../../src/main/window/guards';

type Handler = (...given: unknown[]) => unknown;

let page: Page;
let app: EventEmitter;

beforeEach(() => {
  app = new EventEmitter();
  guardAllPages(app as unknown as Parameters<typeof guardAllPages>[0], (url) =>
    url.startsWith('ringside://window/'),
  );
  page = new Page();
  app.emit('web-contents-created', {}, page);
});

describe('any page of the app', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'may not go elsewhere: %s',
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

  test('may not embed another', () => {
    expect(page.prevents('will-attach-webview', {})).toBe(true);
  });

  test('may not open windows', () => {
    expect(page.openWindow?.({ url: 'ringside://window/index.html' })).toEqual({ action: 'deny' });
  });

  test('may not download', () => {
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

  test('is given no permission, asked or unasked', () => {
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'hid']) {
      const answers: unknown[] = [];
      page.askPermission?.(page, permission, (answer: unknown) => answers.push(answer));
      expect(answers).toEqual([false]);
      expect(page.checkPermission?.(page, permission)).toBe(false);
    }
  });
});

class Page extends EventEmitter {
  openWindow: Handler | undefined;
  askPermission: Handler | undefined;
  checkPermission: Handler | undefined;
  readonly session = {
    setPermissionRequestHandler: (handler: Handler) => {
      this.askPermission = handler;
    },
    setPermissionCheckHandler: (handler: Handler) => {
      this.checkPermission = handler;
    },
  };

  setWindowOpenHandler(handler: Handler): void {
    this.openWindow = handler;
  }

  /** Whether somebody prevents what is about to happen. */
  prevents(name: string, event: object): boolean {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.emit(name, { ...event, preventDefault });
    return prevented;
  }
}
