import type { HttpClient, HttpRequest, HttpResult } from '../../../src/main/accounts/http-client';
import type { ConnectionError } from '../../../src/shared/state';

export const OK = json({});

/** An in-memory server that responds without delay, so that tests can use fake timers. */
export class FakeServer {
  /** The sessions that `/sessions/my` returns. */
  sessions: readonly object[] = [];
  /** The sessions that a lookup returns. */
  pastSessions: readonly object[] = [];
  /** The next results of `/sessions/my`, one each. */
  readonly next: HttpResult[] = [];
  /** The result of every further `/sessions/my` while the server is broken. */
  broken: HttpResult | undefined;
  /** The next results of `/auth/credentials`, one each. */
  readonly nextSignIns: HttpResult[] = [];
  identity: object = { isAuthenticated: true, id: 'u-1', name: 'Maya Kent', roles: ['User'] };
  lookup: HttpResult | undefined;
  /** Past sessions, newest first; like the real server, it sends 25 per page at most. */
  history: readonly object[] = [];
  /** The next pages of the history, one each. */
  readonly nextHistory: HttpResult[] = [];
  contacts: HttpResult = json({ contacts: [] });
  /** How often the contacts were requested. */
  contactRequests = 0;
  readonly historyRequests: Readonly<Record<string, string>>[] = [];
  /** The result of `/app/files`. */
  voicemail: HttpResult = json({ files: [] });
  /** Additional headers of `/sessions/my`. */
  headers: Readonly<Record<string, string>> = {};
  /** Holds back the results of `/sessions/my` until {@link release}. */
  isHolding = false;
  maxInFlight = 0;
  readonly requests: string[] = [];
  readonly #held: (() => void)[] = [];

  readonly http: HttpClient = async (request) => {
    const path = new URL(request.url).pathname;
    if (path === '/app/contacts') {
      this.contactRequests += 1;
      return this.contacts;
    }
    this.requests.push(new URL(request.url).searchParams.has('page') ? '/history' : path);
    switch (path) {
      case '/sessions/my':
      case '/sessions/active':
        return this.#getSessions();
      case '/sessions': {
        const { searchParams } = new URL(request.url);
        if (searchParams.has('specificIds'))
          return this.lookup ?? json({ items: this.pastSessions });
        this.historyRequests.push(Object.fromEntries(searchParams));
        return this.nextHistory.shift() ?? this.#getHistory(searchParams);
      }
      case '/auth/credentials':
        return this.nextSignIns.shift() ?? OK;
      case '/auth/status':
        return json(this.identity);
      case '/app/files':
        return this.voicemail;
      default:
        throw createUnexpectedRequestError(request);
    }
  };

  /** Returns how often a path was requested. */
  count(path: string): number {
    return this.requests.filter((requested) => requested === path).length;
  }

  get polls(): number {
    return this.count('/sessions/my');
  }

  get signIns(): number {
    return this.count('/auth/credentials');
  }

  /** Sends the oldest result that was held back. */
  release(): void {
    this.#held.shift()?.();
  }

  #getHistory(query: URLSearchParams): HttpResult {
    const start = Number(query.get('page')) * 25;
    const items = this.history.slice(start, start + 25);
    const totalCount = this.history.length;
    return json({ items, totalCount, hasMorePages: start + 25 < totalCount });
  }

  async #getSessions(): Promise<HttpResult> {
    if (this.isHolding) {
      await new Promise<void>((resolve) => {
        this.#held.push(resolve);
        this.maxInFlight = Math.max(this.maxInFlight, this.#held.length);
      });
    }
    return this.next.shift() ?? this.broken ?? json({ sessions: this.sessions }, this.headers);
  }
}

export function json(body: unknown, more: Readonly<Record<string, string>> = {}): HttpResult {
  const headers = { 'content-type': 'application/json', ...more };
  return { ok: true, status: 200, headers, body: Buffer.from(JSON.stringify(body)) };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): HttpResult {
  return { ok: true, status: code, headers, body: Buffer.of() };
}

export function fault(kind: ConnectionError['kind'], code: string): HttpResult {
  return { ok: false, fault: { kind, code } };
}

function createUnexpectedRequestError({ method, url }: HttpRequest): Error {
  return new Error(`unexpected request: ${method} ${url}`);
}
