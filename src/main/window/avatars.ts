import type { Session } from 'electron';
import { getImageSize } from './image-size';
import { SCHEME } from './protocol';
import { downloadPublic, isAllowedUrl, type Download } from './public-download';

const MAX_IMAGE_BYTES = 512 * 1024;
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;
const MAX_AVATARS = 200;
const TIMEOUT_MS = 10_000;
/** Types that can't contain scripts, unlike SVG. */
const IMAGE_TYPE = /^image\/(?:png|jpeg|gif|webp)$/;
/** A small file can hold a picture that takes hundreds of megabytes to draw. */
const MAX_IMAGE_PX = 2_048;

interface Avatar {
  readonly url: string;
  image: Promise<Download | undefined> | undefined;
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
    if (url === undefined || !isAllowedUrl(url, this.allowLoopback)) return undefined;
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
  load(id: string): Promise<Download | undefined> {
    const avatar = this.#avatars.get(id);
    if (!avatar) return Promise.resolve(undefined);
    avatar.image ??= this.#download(avatar);
    return avatar.image;
  }

  async #download(avatar: Avatar): Promise<Download | undefined> {
    try {
      const image = await downloadPublic(this.getSession(), avatar.url, {
        types: IMAGE_TYPE,
        maxBytes: MAX_IMAGE_BYTES,
        timeoutMs: TIMEOUT_MS,
      });
      const size = image && getImageSize(Buffer.from(image.bytes));
      if (!size || Math.max(size.width, size.height) > MAX_IMAGE_PX) return undefined;
      avatar.size = image.bytes.byteLength;
      this.#releaseMemory();
      return image;
    } catch {
      return undefined;
    }
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
