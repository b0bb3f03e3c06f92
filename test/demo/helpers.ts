import { onTestFinished } from 'vitest';
import type { SessionInfo } from '../../src/demo/api-types';
import type { listSessions } from '../../src/demo/list-sessions';
import { startDemoServer, type DemoServer, type DemoServerOptions } from '../../src/demo/server';

/** A clock that a test advances, in milliseconds since 1970. */
export class TestClock {
  time = Date.UTC(2026, 2, 3, 9, 30);
  readonly now = (): number => this.time;

  advance(seconds: number): void {
    this.time += seconds * 1000;
  }
}

/** Starts a server without a scenario that is closed when the test ends. */
export async function startServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const server = await startDemoServer({ scenario: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

type SessionPage = ReturnType<typeof listSessions>;
type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** Sends a request as the app does, without a sign-in. */
export function send(server: DemoServer, path: string, init: Init = {}): Promise<Response> {
  return fetch(server.url + path, {
    ...init,
    headers: { 'User-Agent': 'Ringside/0.0.0', Accept: 'application/json', ...init.headers },
  });
}

/** Sends a request with Basic authentication. */
export function sendSignedIn(server: DemoServer, path: string): Promise<Response> {
  return send(server, path, { headers: basic(server) });
}

/** Sends a request to the control API. */
export function control(server: DemoServer, path: string, body: unknown = {}): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function getActive(server: DemoServer): Promise<readonly SessionInfo[]> {
  const response = await sendSignedIn(server, '/sessions/my');
  return ((await response.json()) as { sessions: readonly SessionInfo[] }).sessions;
}

export async function getPage(server: DemoServer, query: string): Promise<SessionPage> {
  return (await (await sendSignedIn(server, `/sessions?${query}`)).json()) as SessionPage;
}

export async function lookUp(server: DemoServer, id: string): Promise<SessionInfo | undefined> {
  return (await getPage(server, `specificIds=${id}`)).items[0];
}

export function basic({ userName, password }: { userName: string; password: string }): {
  Authorization: string;
} {
  const encoded = Buffer.from(`${userName}:${password}`).toString('base64');
  return { Authorization: `Basic ${encoded}` };
}

export function signIn(
  server: DemoServer,
  fields: Record<string, unknown> = {},
): Promise<Response> {
  const { userName, password } = server;
  const credentials = { provider: 'credentials', userName, password, rememberMe: true, ...fields };
  return send(server, '/auth/credentials', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(credentials),
  });
}

/** Returns the cookies that a response sets. */
export function getCookies(response: Response): Record<string, string> {
  const pairs = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

export function cookieHeader(cookies: Record<string, string>): { Cookie: string } {
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return { Cookie: pairs.join('; ') };
}
