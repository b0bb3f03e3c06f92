import { expect } from '@playwright/test';
import { startDemoServer, type DemoServer } from '../../../src/demo/server';
import { selfSigned } from './certificate';
import { HostileServer } from './hostile-server';
import type { ProbeLogin, ProbeState } from './probe';
import { ProbeApp } from './probe-app';

/** How long to wait for what must happen by itself. */
export const SOON = { timeout: 8_000, intervals: [20] };

/** Everything that the faults are played on. */
export class FaultStage {
  /** A certificate that the probe trusts, and one that nobody does. */
  readonly trusted = selfSigned('trusted');
  readonly stranger = selfSigned('stranger');
  #origin = '';

  private constructor(
    /** What is so; asked by nobody but the servers below. */
    readonly truth: DemoServer,
    /** Where the line polls, unless told otherwise. */
    readonly server: HostileServer,
    /** The same over TLS. */
    readonly secure: HostileServer,
    /** Where nothing must ever arrive. */
    readonly elsewhere: HostileServer,
    readonly probe: ProbeApp,
  ) {}

  static async set(): Promise<FaultStage> {
    const truth = await startDemoServer({ scenario: false });
    const [server, secure, elsewhere, probe] = await Promise.all([
      HostileServer.start(truth.url),
      HostileServer.start(truth.url),
      HostileServer.start(),
      ProbeApp.start(),
    ]);
    const stage = new FaultStage(truth, server, secure, elsewhere, probe);
    secure.present(stage.trusted);
    await probe.trust(stage.trusted.fingerprint);
    return stage;
  }

  /** Where the line polls, and as whom. */
  login(changes: Partial<ProbeLogin> = {}): ProbeLogin {
    const { userName, password } = this.truth;
    return { origin: `http://${this.server.address}`, userName, password, ...changes };
  }

  /** Lets the line poll there and waits until it is live, unless it is there already. */
  async pollAt(origin: string): Promise<void> {
    if (this.#origin === origin) return;
    this.#origin = origin;
    await this.probe.proxy(origin.endsWith('.invalid') ? this.server.address : undefined);
    await this.startLine(this.login({ origin }));
    await expect.poll(() => this.outcome(), SOON).toBe('live');
  }

  /** Starts the line anew. */
  async startLine(login: ProbeLogin): Promise<void> {
    this.#origin = login.origin;
    await this.probe.startLine(login);
  }

  /** What the line says now: the kind of its connection, or the fault, or errors that must not be. */
  async outcome(): Promise<unknown> {
    const { connection, errors } = await this.probe.state();
    if (errors.length > 0) return errors;
    return connection.kind === 'offline' ? connection.error : connection.kind;
  }

  /** Resolves when what is to be seen of the line is so. */
  async until(what: (state: ProbeState) => boolean, message: string): Promise<void> {
    await expect.poll(async () => what(await this.probe.state()), { ...SOON, message }).toBe(true);
  }

  /** Resolves when this call has been announced. */
  async rung(id: string): Promise<void> {
    await this.until(({ raised }) => raised.includes(ringOf(id)), `${id} rings`);
  }

  /** Resolves after so many more requests of the line. */
  async requests(count: number): Promise<void> {
    const all = (): number => this.server.requests.length + this.secure.requests.length;
    const before = all();
    await expect.poll(all, SOON).toBeGreaterThanOrEqual(before + count);
  }

  /** Ends these calls without anybody missing them. */
  async calm(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.truth.answer(id);
    await this.until(
      ({ withdrawn }) => ids.every((id) => withdrawn.includes(ringOf(id))),
      'nothing rings any more',
    );
    this.truth.clear();
    await this.until(({ sessions }) => sessions === 0, 'no calls');
  }

  async strike(): Promise<void> {
    await this.probe.end();
    await Promise.all([this.server.shut(), this.secure.shut(), this.elsewhere.shut()]);
    await this.truth.close();
  }
}

/** The key of the first ring of a call. */
export function ringOf(id: string): string {
  return `ringing:${id}:1`;
}
