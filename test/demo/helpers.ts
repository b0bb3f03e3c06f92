import { onTestFinished } from 'vitest';
import { startDemoServer, type DemoServer, type DemoServerOptions } from '../../src/demo/server';

/** A clock that moves when it is told to, in milliseconds since 1970. */
export class HandClock {
  now = Date.UTC(2026, 2, 3, 9, 30);

  passes(seconds: number): void {
    this.now += seconds * 1000;
  }
}

/** A stand-in that does nothing by itself, gone with the test. */
export async function quietServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const server = await startDemoServer({ scenario: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Asks as a well-behaved client does. */
export async function ask(
  server: DemoServer,
  path: string,
  {
    headers = {},
    ...init
  }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(server.url + path, {
    ...init,
    headers: { 'User-Agent': 'Ringside/0.0.0', Accept: 'application/json', ...headers },
  });
}

/** Asks with Basic authentication. */
export async function askAsMe(server: DemoServer, path: string): Promise<Response> {
  return ask(server, path, { headers: basic(server) });
}

/** The header of Basic authentication. */
export function basic({ userName, password }: { userName: string; password: string }): {
  Authorization: string;
} {
  const encoded = Buffer.from(`${userName}:${password}`).toString('base64');
  return { Authorization: `Basic ${encoded}` };
}

/** Signs in; the answer as it came. */
export async function signIn(
  server: DemoServer,
  fields: Record<string, unknown> = {},
): Promise<Response> {
  const { userName, password } = server;
  return ask(server, '/auth/credentials', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      provider: 'credentials',
      userName,
      password,
      rememberMe: true,
      ...fields,
    }),
  });
}

/** What a browser would send back of the cookies in an answer. */
export function cookiesOf(response: Response): Record<string, string> {
  const pairs = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

/** The `Cookie` header for some cookies. */
export function cookieHeader(cookies: Record<string, string>): { Cookie: string } {
  return {
    Cookie: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; '),
  };
}
