import { describe, expect, test, vi } from 'vitest';
import type { HttpResult } from '../../../src/main/accounts/http-client';
import {
  MAX_AUDIO_BYTES,
  VoicemailAudioLoader,
  type VoicemailSource,
} from '../../../src/main/window/voicemail-audio';

const ORIGIN = 'https://evovoice.io';

function createResult(changes: Partial<Extract<HttpResult, { ok: true }>> = {}): HttpResult {
  const headers = { 'content-type': 'audio/wav' };
  return { ok: true, status: 200, headers, body: Buffer.from('audio'), ...changes };
}

function createLoader(uri: string, result: HttpResult = createResult()) {
  const get = vi.fn<VoicemailSource['get']>(() => Promise.resolve(result));
  const fetch = vi.fn(() =>
    Promise.resolve(new Response('elsewhere', { headers: { 'content-type': 'audio/mpeg' } })),
  );
  const resolveHost = vi.fn(() => Promise.resolve({ endpoints: [{ address: '203.0.114.1' }] }));
  const loader = new VoicemailAudioLoader(
    (key) => (key === 'known' ? { uri, origin: ORIGIN, get } : undefined),
    () => ({ fetch, resolveHost }) as never,
    false,
  );
  return { loader, get, fetch, resolveHost };
}

describe('VoicemailAudioLoader', () => {
  test.each(['/files/1.wav', `${ORIGIN}/files/1.wav`])(
    'gets %s from the server with the cookies of the account, once',
    async (uri) => {
      const { loader, get, fetch } = createLoader(uri);
      expect((await loader.load('known'))?.type).toBe('audio/wav');
      await loader.load('known');
      expect(get.mock.calls).toEqual([[`${ORIGIN}/files/1.wav`, expect.any(Number)]]);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test('releases the audio five minutes after it was last used', async () => {
    vi.useFakeTimers();
    try {
      const { loader, get } = createLoader('/files/1.wav');
      await loader.load('known');
      vi.advanceTimersByTime(4 * 60_000);
      await loader.load('known');
      vi.advanceTimersByTime(4 * 60_000);
      await loader.load('known');
      expect(get).toHaveBeenCalledOnce();
      vi.advanceTimersByTime(5 * 60_000);
      await loader.load('known');
      expect(get).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  test('gets audio from elsewhere without cookies and redirects', async () => {
    const { loader, get, fetch } = createLoader('https://media.example/1.mp3');
    expect((await loader.load('known'))?.type).toBe('audio/mpeg');
    expect(get).not.toHaveBeenCalled();
    expect(fetch).toHaveBeenCalledWith(
      'https://media.example/1.mp3',
      expect.objectContaining({ credentials: 'omit', redirect: 'error' }),
    );
  });

  test.each([
    'http://media.example/1.mp3',
    'file:///etc/passwd',
    'ringside://window/index.html',
    'data:audio/wav,1',
    'https://user:secret@media.example/1.mp3',
    `blob:${ORIGIN}/1.wav`,
    ORIGIN.replace('//', '//user:secret@'),
    'https://',
  ])('does not ask for %s', async (uri) => {
    const { loader, get, fetch } = createLoader(uri);
    expect(await loader.load('known')).toBeUndefined();
    expect(get).not.toHaveBeenCalled();
    expect(fetch).not.toHaveBeenCalled();
  });

  test('does not ask an address in the local network', async () => {
    const { loader, fetch, resolveHost } = createLoader('https://media.example/1.mp3');
    resolveHost.mockResolvedValue({ endpoints: [{ address: '192.168.1.1' }] });
    expect(await loader.load('known')).toBeUndefined();
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each<[string, HttpResult]>([
    ['of another type', createResult({ headers: { 'content-type': 'text/html' } })],
    ['without a type', createResult({ headers: {} })],
    ['that is missing', createResult({ status: 404 })],
    ['that is too large', createResult({ body: Buffer.alloc(MAX_AUDIO_BYTES + 1) })],
    ['that redirects', { ok: false, fault: { kind: 'redirected', code: '302' } }],
  ])('plays nothing %s, and tries again later', async (_, result) => {
    const { loader, get } = createLoader('/files/1.wav', result);
    expect(await loader.load('known')).toBeUndefined();
    await loader.load('known');
    expect(get).toHaveBeenCalledTimes(2);
  });

  test('stops an endless download', async () => {
    const { loader, fetch } = createLoader('https://media.example/1.mp3');
    let isCanceled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(4 * 1024 * 1024));
      },
      cancel: () => {
        isCanceled = true;
      },
    });
    fetch.mockResolvedValue(new Response(body, { headers: { 'content-type': 'audio/mpeg' } }));
    expect(await loader.load('known')).toBeUndefined();
    expect(isCanceled).toBe(true);
  });

  test('returns nothing for an unknown message', async () => {
    expect(await createLoader('/files/1.wav').loader.load('unknown')).toBeUndefined();
  });
});
