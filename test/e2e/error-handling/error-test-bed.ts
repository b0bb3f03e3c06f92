import { expect } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { createSelfSignedCertificate } from './certificate';
import { FaultyServer } from './faulty-server';
import type { TestClientLogin, TestClientState } from './test-client';
import { TestClientApp } from './test-client-app';

/** How long to wait for a recovery. */
export const WAIT = { timeout: 8_000, intervals: [20] };

/** A client on a real Electron, the servers it polls, and the mock server behind them. */
export class ErrorTestBed {
  /** A certificate that the client trusts, and one that it doesn't. */
  readonly trusted = createSelfSignedCertificate('trusted');
  readonly untrusted = createSelfSignedCertificate('stranger');
  #origin = '';

  private constructor(
    /** Only the servers below send requests to it. */
    readonly mockServer: DemoServer,
    /** The server that the client polls by default. */
    readonly server: FaultyServer,
    /** The same server over TLS. */
    readonly secure: FaultyServer,
    /** A server that must never get a request. */
    readonly elsewhere: FaultyServer,
    readonly client: TestClientApp,
  ) {}

  static async create(): Promise<ErrorTestBed> {
    const mockServer = await startDemoServer({ scenario: false });
    const [server, secure, elsewhere, client] = await Promise.all([
      FaultyServer.start(mockServer.url),
      FaultyServer.start(mockServer.url),
      FaultyServer.start(),
      TestClientApp.start(),
    ]);
    const testBed = new ErrorTestBed(mockServer, server, secure, elsewhere, client);
    secure.useCertificate(testBed.trusted);
    await client.trustCertificate(testBed.trusted.fingerprint);
    return testBed;
  }

  /** The address to poll and the credentials. */
  login(changes: Partial<TestClientLogin> = {}): TestClientLogin {
    const { userName, password } = this.mockServer;
    return { origin: `http://${this.server.address}`, userName, password, ...changes };
  }

  /** Signs in at an address and waits until the client is live, unless it polls there already. */
  async pollFrom(origin: string): Promise<void> {
    if (this.#origin === origin) return;
    this.#origin = origin;
    await this.client.setProxy(origin.endsWith('.invalid') ? this.server.address : undefined);
    await this.signIn(this.login({ origin }));
    await expect.poll(() => this.outcome(), WAIT).toBe('live');
  }

  /** Restarts the client with these credentials. */
  async signIn(login: TestClientLogin): Promise<void> {
    this.#origin = login.origin;
    await this.client.signIn(login);
  }

  /** The problem of the connection, else its kind; unexpected errors if there were any. */
  async outcome(): Promise<unknown> {
    const { connection, errors } = await this.client.state();
    if (errors.length > 0) return errors;
    return connection.kind === 'offline' ? connection.error : connection.kind;
  }

  /** Waits for a state of the client. */
  async waitForState(
    condition: (state: TestClientState) => boolean,
    message: string,
  ): Promise<void> {
    await expect
      .poll(async () => condition(await this.client.state()), { ...WAIT, message })
      .toBe(true);
  }

  /** Waits until a call has raised an alert. */
  async waitForRing(id: string): Promise<void> {
    await this.waitForState(({ raised }) => raised.includes(getRingKey(id)), `an alert for ${id}`);
  }

  /** Waits for this many more requests. */
  async waitForRequests(count: number): Promise<void> {
    const countRequests = (): number => this.server.requests.length + this.secure.requests.length;
    const before = countRequests();
    await expect.poll(countRequests, WAIT).toBeGreaterThanOrEqual(before + count);
  }

  /** Ends calls without missing them. */
  async endCalls(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.mockServer.answer(id);
    await this.waitForState(
      ({ withdrawn }) => ids.every((id) => withdrawn.includes(getRingKey(id))),
      'all rings withdrawn',
    );
    this.mockServer.clear();
    await this.waitForState(({ sessionCount }) => sessionCount === 0, 'no sessions');
  }

  async close(): Promise<void> {
    await this.client.close();
    await Promise.all([this.server.close(), this.secure.close(), this.elsewhere.close()]);
    await this.mockServer.close();
  }
}

/** The alert key of the first ring of a call. */
export function getRingKey(id: string): string {
  return `ringing:${id}:1`;
}
