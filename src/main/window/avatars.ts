import { net, type Session } from 'electron';
import { isLoopback } from '../../core/api/server-address';

/** The largest picture of a member that is taken, in bytes. */
const LARGEST = 512 * 1024;
/** How long (ms) a picture may take. */
const PATIENCE = 10_000;
/** Pictures and addresses remembered at most. */
const MOST = 200;
/** All pictures together, in bytes: the largest ones are few. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Pictures that cannot carry script; SVG can. */
const TYPES = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** A picture, ready to be served to the page. */
interface Picture {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

/**
 * Fetches the pictures of members for the page, which itself reaches no network: https only
 * (loopback while developing), limited in size and type, without any cookie, each once.
 */
export class Avatars {
  readonly #names = new Map<string, string>();
  readonly #addresses = new Map<string, string>();
  #named = 0;
  readonly #pictures = new Map<string, Promise<Picture | undefined>>();
  /** Bytes of each picture that is remembered, the oldest first. */
  readonly #sizes = new Map<string, number>();

  /**
   * `jar` gives a session of its own: no cookie of any account is in it. It is made when the first
   * picture is asked for: 4 ms at each start, and memory in the network's process. Plain http to
   * this very machine is for developing: elsewhere a server has no business with what listens there.
   */
  constructor(
    private readonly jar: () => Session,
    private readonly isDeveloping: boolean,
  ) {}

  /** The name under which the page may ask for a picture; `undefined` for what is none. */
  nameOf(address: string | undefined): string | undefined {
    if (address === undefined || !mayFetch(address, this.isDeveloping)) return undefined;
    const name = this.#names.get(address) ?? String((this.#named += 1));
    remember(this.#names, address, name);
    remember(this.#addresses, name, address);
    return name;
  }

  /** The picture of a name that was handed out before. */
  picture(name: string): Promise<Picture | undefined> {
    const known = this.#pictures.get(name);
    if (known) return known;
    const address = this.#addresses.get(name);
    if (address === undefined) return Promise.resolve(undefined);
    const fetched = this.#fetch(address);
    remember(this.#pictures, name, fetched);
    void fetched.then((picture) => {
      this.#weigh(name, picture?.bytes.byteLength ?? 0);
    });
    return fetched;
  }

  /** Forgets the oldest pictures once all of them are too large together. */
  #weigh(name: string, bytes: number): void {
    this.#sizes.set(name, bytes);
    let all = 0;
    for (const [known, size] of this.#sizes) {
      if (this.#pictures.has(known)) all += size;
      else this.#sizes.delete(known);
    }
    for (const [oldest, size] of this.#sizes) {
      if (all <= MOST_BYTES) break;
      this.#pictures.delete(oldest);
      this.#sizes.delete(oldest);
      all -= size;
    }
  }

  async #fetch(address: string): Promise<Picture | undefined> {
    const cut = AbortSignal.timeout(PATIENCE);
    return new Promise((resolve) => {
      const request = net.request({
        url: address,
        session: this.jar(),
        credentials: 'omit',
        redirect: 'error',
      });
      const give = (picture: Picture | undefined): void => {
        request.abort();
        resolve(picture);
      };
      cut.addEventListener('abort', () => {
        give(undefined);
      });
      request.on('error', () => {
        give(undefined);
      });
      request.on('response', (response) => {
        const type = String(response.headers['content-type']).split(';')[0]?.trim() ?? '';
        if (response.statusCode !== 200 || !TYPES.test(type)) {
          give(undefined);
          return;
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk) => {
          size += chunk.length;
          if (size > LARGEST) give(undefined);
          else chunks.push(chunk);
        });
        response.on('error', () => {
          give(undefined);
        });
        response.on('aborted', () => {
          give(undefined);
        });
        response.on('end', () => {
          give({ type, bytes: new Uint8Array(Buffer.concat(chunks)).buffer });
        });
      });
      request.end();
    });
  }
}

/** Whether a picture may be fetched from an address: https, or while developing this machine's http. */
function mayFetch(address: string, isDeveloping: boolean): boolean {
  if (address.length > 2_000 || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (isDeveloping && protocol === 'http:' && isLoopback(hostname));
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST) break;
    map.delete(oldest);
  }
}
