import type { Session } from 'electron';
import { isLoopback } from '../../core/api/server-address';
import { getImageSize } from './image-size';
import { SCHEME } from './protocol';
import { isPublicAddress } from './public-address';

const MAX_IMAGE_BYTES = 512 * 1024;
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;
const MAX_AVATARS = 200;
const MAX_URL_LENGTH = 2_000;
const TIMEOUT_MS = 10_000;
/** Types that can't contain scripts, unlike SVG. */
const IMAGE_TYPE = /^image\/(?:png|jpeg|gif|webp)$/;
/** A small file can hold a picture that takes hundreds of megabytes to draw. */
const MAX_IMAGE_PX = 2_048;

interface AvatarImage {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

interface Avatar {
  readonly url: string;
  image: Promise<AvatarImage | undefined> | undefined;
  size: number;
}

/**
 * Downloads profile pictures for the page, which has no network access. Each is downloaded once,
 * over https, without cookies and redirects, and limited in size and type.
 */
export class AvatarLoader {
  readonly #ids = new Map<string, string>();
  /** By id, least recently used first. */
  readonly #avatars = new Map<string, Avatar>();
  #lastId = 0;

  constructor(
    /** Returns a session without any account's cookies; created with the first download. */
    private readonly getSession: () => Pick<Session, 'fetch' | 'resolveHost'>,
    /** Allows plain http to this computer, which only a mock server uses. */
    private readonly allowLoopback: boolean,
  ) {}

  /** Returns the URL under which the page can load a picture, or `undefined` for a bad URL. */
  getPageUrl(url: string | undefined): string | undefined {
    if (url === undefined || !isAllowed(url, this.allowLoopback)) return undefined;
    const id = this.#ids.get(url) ?? String((this.#lastId += 1));
    const avatar = this.#avatars.get(id) ?? { url, image: undefined, size: 0 };
    this.#ids.set(url, id);
    this.#avatars.delete(id);
    this.#avatars.set(id, avatar);
    for (const [oldestId, oldest] of this.#avatars) {
      if (this.#avatars.size <= MAX_AVATARS) break;
      this.#avatars.delete(oldestId);
      this.#ids.delete(oldest.url);
    }
    return `${SCHEME}://avatar/${id}`;
  }

  /** Loads the picture with an id. */
  load(id: string): Promise<AvatarImage | undefined> {
    const avatar = this.#avatars.get(id);
    if (!avatar) return Promise.resolve(undefined);
    avatar.image ??= this.#download(avatar);
    return avatar.image;
  }

  async #download(avatar: Avatar): Promise<AvatarImage | undefined> {
    try {
      const session = this.getSession();
      if (!(await this.#isPublic(session, new URL(avatar.url)))) return undefined;
      const response = await session.fetch(avatar.url, {
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
      if (response.status !== 200 || !IMAGE_TYPE.test(type) || !response.body) return undefined;
      const bytes = await readLimited(response.body);
      const size = bytes && getImageSize(Buffer.from(bytes));
      if (!size || Math.max(size.width, size.height) > MAX_IMAGE_PX) return undefined;
      avatar.size = bytes.byteLength;
      this.#releaseMemory();
      return { type, bytes };
    } catch {
      return undefined;
    }
  }

  /**
   * Whether all addresses of a host are public, since the server must not be able to choose private
   * ones.
   */
  async #isPublic(
    session: Pick<Session, 'resolveHost'>,
    { protocol, hostname }: URL,
  ): Promise<boolean> {
    // Allowed for the mock server only.
    if (protocol === 'http:') return true;
    const { endpoints } = await session.resolveHost(hostname.replace(/^\[|\]$/g, ''));
    return endpoints.length > 0 && endpoints.every(({ address }) => isPublicAddress(address));
  }

  /** Drops the pictures that were used least recently; they can be downloaded again. */
  #releaseMemory(): void {
    const avatars = [...this.#avatars.values()];
    let total = avatars.reduce((sum, { size }) => sum + size, 0);
    for (const avatar of avatars) {
      if (total <= MAX_TOTAL_BYTES) return;
      total -= avatar.size;
      avatar.image = undefined;
      avatar.size = 0;
    }
  }
}

function isAllowed(url: string, allowLoopback: boolean): boolean {
  if (url.length > MAX_URL_LENGTH || !URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (allowLoopback && protocol === 'http:' && isLoopback(hostname));
}

/** Reads a body, or returns `undefined` and cancels the download if it's too large. */
async function readLimited(body: ReadableStream<Uint8Array>): Promise<ArrayBuffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_IMAGE_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks)).buffer;
}
