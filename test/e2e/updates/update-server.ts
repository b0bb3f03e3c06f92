import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a published file is delivered. */
export type Delivery =
  | 'whole'
  /** Slowly, with less than half sent before {@link UpdateServer.finish}. */
  | 'slow'
  /** Half of it, then the connection breaks. */
  | 'cut'
  /** In full, with one byte changed. */
  | 'changed'
  /** Half of it as if it were complete. */
  | 'short';

/** A local update server. */
export class UpdateServer {
  /** The requested paths without their queries. */
  readonly requests: string[] = [];
  delivery: Delivery = 'whole';
  /** The published version of each channel. */
  #published = new Map<string, { readonly version: string; readonly content: Buffer }>();
  /** Sent in place of the release file. */
  list: 'published' | 'endless' | 'hostile' = 'published';
  /** Bytes of an endless list that were taken. */
  takenBytes = 0;
  #sendRest = (): void => undefined;

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '' }, response) => {
      const path = new URL(url, 'http://localhost').pathname;
      this.requests.push(path);
      this.#answer(path, response);
    });
  }

  static async start(): Promise<UpdateServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new UpdateServer(server);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The content of app-update.yml for this server. */
  get config(): string {
    return `provider: generic\nurl: ${this.address}\nupdaterCacheDirName: ringside-updater\n`;
  }

  /** The requested paths except for the release files. */
  get downloads(): readonly string[] {
    return this.requests.filter((path) => !path.endsWith('.yml'));
  }

  publish(version: string, content: Buffer, channel = 'latest'): void {
    this.#published.set(channel, { version, content });
  }

  /** Sends the rest of a slow delivery. */
  finish(): void {
    this.#sendRest();
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #answer(path: string, response: ServerResponse): void {
    const list = /^\/(\w+)-linux\.yml$/.exec(path)?.[1];
    const listed = this.#published.get(list ?? '');
    if (listed && this.list === 'endless') {
      this.#sendEndlessly(response);
      return;
    }
    if (listed && this.list === 'hostile') {
      response.end(`.js:${'7'.repeat(500_000)}\n\t: [broken`);
      return;
    }
    if (listed) {
      response.end(formatReleaseFile(listed.version, listed.content));
      return;
    }
    const file = [...this.#published.values()].find(
      ({ version }) => path === `/${getFileName(version)}`,
    );
    if (file) this.#deliver(file.content, response);
    else response.writeHead(404).end();
  }

  #sendEndlessly(response: ServerResponse): void {
    const chunk = Buffer.alloc(64 * 1024, '# endless\n');
    const send = (): void => {
      this.takenBytes += chunk.length;
      if (!response.destroyed) response.write(chunk, send);
    };
    send();
  }

  #deliver(content: Buffer, response: ServerResponse): void {
    const half = content.subarray(0, content.length / 2);
    switch (this.delivery) {
      case 'whole':
        response.setHeader('content-length', content.length).end(content);
        return;
      case 'slow': {
        response.setHeader('content-length', content.length);
        const step = Math.ceil(content.length / 1_000);
        let sent = 0;
        const timer = setInterval(() => {
          if (sent + step > half.length) return;
          response.write(content.subarray(sent, sent + step));
          sent += step;
        }, 20);
        this.#sendRest = () => {
          clearInterval(timer);
          response.end(content.subarray(sent));
        };
        response.once('close', () => {
          clearInterval(timer);
        });
        return;
      }
      case 'cut':
        response.setHeader('content-length', content.length).write(half, () => {
          response.destroy();
        });
        return;
      case 'changed': {
        const changed = Buffer.from(content);
        changed[changed.length - 1] = changed[changed.length - 1] === 0 ? 1 : 0;
        response.setHeader('content-length', changed.length).end(changed);
        return;
      }
      case 'short':
        response.setHeader('content-length', half.length).end(half);
    }
  }
}

const getFileName = (version: string): string => `ringside-${version}.AppImage`;

function formatReleaseFile(version: string, content: Buffer): string {
  const sha512 = createHash('sha512').update(content).digest('base64');
  const url = getFileName(version);
  return [
    `version: ${version}`,
    `files:\n  - url: ${url}\n    sha512: ${sha512}\n    size: ${content.length}`,
    `path: ${url}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    '',
  ].join('\n');
}
