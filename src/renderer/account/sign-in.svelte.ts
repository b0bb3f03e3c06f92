import { readServerAddress } from '../../core/server-address';
import type { Bridge } from '../../shared/contract';
import type { SignInRefusal } from '../../shared/state';

/** What the sign-in begins with. */
export interface SignInStart {
  readonly server: string;
  readonly userName: string;
  /** Key of the account that it takes the place of, once it has worked. */
  readonly instead: string | undefined;
  /** It has worked. */
  readonly ondone: (() => void) | undefined;
}

/** What is typed into the sign-in, and what came of it. */
export class SignInForm {
  server = $state('');
  userName = $state('');
  password = $state('');
  withoutKeyring = $state(false);
  busy = $state(false);
  /** What the last attempt from here came to. */
  refused = $state.raw<SignInRefusal | null>(null);
  #touchedServer = $state(false);
  readonly #bridge: Bridge;
  readonly #start: SignInStart;

  constructor(bridge: Bridge, start: SignInStart) {
    this.#bridge = bridge;
    this.#start = start;
    // People read and type a host; the rest of the address says nothing to them.
    this.server = start.server.replace(/^https:\/\//, '');
    this.userName = start.userName;
  }

  /** What is wrong with the server as typed so far; nothing before the person began to type. */
  readonly serverFault = $derived.by(() => {
    const address = readServerAddress(this.server);
    return this.#touchedServer && !address.ok ? address.fault : undefined;
  });

  readonly complete = $derived(
    readServerAddress(this.server).ok && this.userName.trim() !== '' && this.password !== '',
  );

  touchServer(): void {
    this.#touchedServer = true;
  }

  /** Signs in. On success main changes the state, or whoever opened this form lets it go. */
  async submit(): Promise<void> {
    this.#touchedServer = true;
    if (!this.complete || this.busy) return;
    this.busy = true;
    this.refused = null;
    try {
      const answer = await this.#bridge.request('account:sign-in', {
        server: this.server,
        userName: this.userName.trim(),
        password: this.password,
        withoutKeyring: this.withoutKeyring,
        instead: this.#start.instead,
      });
      this.refused = answer.ok ? null : answer.refused;
      if (answer.ok) this.#start.ondone?.();
    } finally {
      this.busy = false;
    }
  }
}
