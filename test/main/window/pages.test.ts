import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: { isPackaged: true }, protocol: {} }));
vi.stubEnv('ELECTRON_RENDERER_URL', 'http://127.0.0.1:5173');

const { pages, windowPages } = await import('../../../src/main/window/pages');

describe('the pages of the window', () => {
  test('come from the app, and nothing else is one of ours', () => {
    const { addressOf, isOurs } = windowPages(undefined);
    expect(addressOf('index.html')).toBe('ringside://window/index.html');
    expect(isOurs('ringside://window/index.html#settings')).toBe(true);
    for (const url of [
      '',
      'about:blank',
      'ringside://avatar/0',
      'ringside://window.example/',
      'http://127.0.0.1:5173/index.html',
      'file:///opt/Ringside/index.html',
    ]) {
      expect(isOurs(url), url).toBe(false);
    }
  });

  test('come from the development server while developing, and from no lookalike', () => {
    const { addressOf, isOurs } = windowPages('http://127.0.0.1:5173');
    expect(addressOf('ringtone.html')).toBe('http://127.0.0.1:5173/ringtone.html');
    expect(isOurs('http://127.0.0.1:5173/index.html')).toBe(true);
    expect(isOurs('http://127.0.0.1:51730/')).toBe(false);
    expect(isOurs('http://127.0.0.1:5173.example/')).toBe(false);
  });

  test('come from the app once it is packaged, whatever the environment says', () => {
    expect(pages.addressOf('index.html')).toBe('ringside://window/index.html');
    expect(pages.isOurs('http://127.0.0.1:5173/index.html')).toBe(false);
  });
});
