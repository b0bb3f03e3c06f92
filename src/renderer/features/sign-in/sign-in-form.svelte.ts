import { parseServerAddress } from '../../../core/api/server-address';
import type { Bridge } from '../../../shared/ipc';
import type { SignInFailure } from '../../../shared/state';

export interface SignInFormOptions {
  readonly server: string;
  readonly userName: string;
  /** The key of the account that the new sign-in replaces. */
  readonly accountKey: string | undefined;
  readonly onSuccess: (() => void) | undefined;
}

/** The values of the sign-in form and the result of its submission. */
export class SignInFormState {
  server = $state('');
  userName = $state('');
  password = $state('');
  withoutKeyring = $state(false);
  isBusy = $state(false);
  /** Why the last submission failed. */
  refusal = $state.raw<SignInFailure | null>(null);
  /** The user changed something since the last submission, so its result no longer applies. */
  isEdited = $state(false);
  #isServerTouched = $state(false);
  readonly #bridge: Bridge;
  readonly #options: SignInFormOptions;
  #submission = 0;

  constructor(bridge: Bridge, options: SignInFormOptions) {
    this.#bridge = bridge;
    this.#options = options;
    // Users know the host, not the rest of the address.
    this.server = options.server.replace(/^https:\/\//, '');
    this.userName = options.userName;
  }

  /** What's wrong with the server address, once the user has edited it. */
  readonly serverFault = $derived.by(() => {
    const address = parseServerAddress(this.server);
    return this.#isServerTouched && !address.ok ? address.problem : undefined;
  });

  readonly isComplete = $derived(
    parseServerAddress(this.server).ok && this.userName.trim() !== '' && this.password !== '',
  );

  touchServer(): void {
    this.#isServerTouched = true;
  }

  /** Stops waiting for the server. */
  cancel(): void {
    this.#submission += 1;
    this.isBusy = false;
    this.isEdited = true;
    void this.#bridge.request('account:cancel-sign-in');
  }

  async submit(): Promise<void> {
    this.#isServerTouched = true;
    if (!this.isComplete || this.isBusy) return;
    const submission = ++this.#submission;
    this.isBusy = true;
    this.isEdited = false;
    this.refusal = null;
    const response = await this.#bridge
      .request('account:sign-in', {
        server: this.server,
        userName: this.userName.trim(),
        password: this.password,
        storeWithoutKeyring: this.withoutKeyring,
        replaces: this.#options.accountKey,
      })
      .finally(() => {
        if (submission === this.#submission) this.isBusy = false;
      });
    if (submission !== this.#submission) return;
    this.refusal = response.ok ? null : response.error;
    if (response.ok) this.#options.onSuccess?.();
  }
}
