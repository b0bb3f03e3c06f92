import type { ConnectionError, SignInFailure } from '../../shared/state';
import { toSignInRefusal, type ApiClient } from './api-client';
import type { Credentials, KnownAccount, LoadPassword } from './credentials';

/** What came of a sign-in. */
export type SignInResult =
  | { readonly kind: 'signed-in' }
  /** The user has to sign in. */
  | { readonly kind: 'refused'; readonly refusal: SignInFailure }
  | FailedSignIn;

/** A sign-in that is repeated. */
export interface FailedSignIn {
  readonly kind: 'failed';
  readonly fault: ConnectionError;
  readonly retryAfterMs: number | undefined;
}

/** The server may lock accounts, so a refused sign-in is repeated slowly. */
const RETRY_DELAYS_MS = [10_000, 30_000, 2 * 60_000, 10 * 60_000];
/** An unlocked keyring responds faster than this. */
const KEYRING_TIMEOUT_MS = 1_000;

/** Signs an account in with its password, which may have to be read from the keyring first. */
export class SignIn {
  #credentials: Credentials;
  #loadPassword: LoadPassword | undefined;
  #passwordLoading: Promise<void> | undefined;
  /** Whether requests need a sign-in first. */
  isDue: boolean;
  /** Whether the server has ever answered this account. */
  #hasWorked = false;
  /** Sign-ins that were refused without a stated reason since the last good response. */
  #refusedCount = 0;
  /** By the monotonic clock. */
  #earliestMs = 0;

  constructor(
    { credentials, loadPassword }: KnownAccount,
    private readonly client: Pick<ApiClient, 'signIn'>,
    private readonly signal: AbortSignal,
    private readonly onPasswordLoaded: () => void,
  ) {
    this.#credentials = credentials;
    this.#loadPassword = loadPassword;
    this.isDue = credentials.managed;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  /** Reads the saved password; absent once it has been read. */
  get loadPassword(): LoadPassword | undefined {
    return this.#loadPassword;
  }

  get hasPassword(): boolean {
    return this.#credentials.password !== undefined;
  }

  /** Reads the password if necessary; `false` if the keyring is still locked after a moment. */
  async readPassword(): Promise<boolean> {
    if (!this.#loadPassword) return true;
    this.#passwordLoading ??= this.#loadPassword(this.signal).then((password) => {
      this.#credentials = { ...this.#credentials, password };
      this.#loadPassword = undefined;
      this.onPasswordLoaded();
    });
    const timeout = new Promise((resolve) => setTimeout(resolve, KEYRING_TIMEOUT_MS));
    await Promise.race([this.#passwordLoading, timeout]);
    return this.loadPassword === undefined;
  }

  /** Forgets a password that the server refused: it may lock the account after several attempts. */
  forgetPassword(): void {
    this.#credentials = { ...this.#credentials, password: undefined };
  }

  /** Signs in, unless it's too early to try again. */
  async run(): Promise<SignInResult> {
    const waitMs = this.#earliestMs - performance.now();
    if (waitMs > 0) return failUnexplained(waitMs);
    const { userName, password = '' } = this.#credentials;
    const result = await this.client.signIn(userName, password);
    if (result.ok) {
      this.isDue = false;
      return { kind: 'signed-in' };
    }
    const { error } = result;
    const isUnexplained = error.kind === 'unauthorized' && error.message === undefined;
    // The same password was good a moment ago: the server may only be restarting.
    const retry = isUnexplained && this.#hasWorked && this.retryLater();
    if (retry) return retry;
    const refusal = toSignInRefusal(error);
    if (refusal.kind !== 'unreachable') return { kind: 'refused', refusal };
    const retryAfterMs = error.kind === 'fault' ? error.retryAfterMs : undefined;
    return { kind: 'failed', fault: refusal.error, retryAfterMs };
  }

  /**
   * Schedules another sign-in, a few times at growing intervals; `undefined` if the user has to sign
   * in.
   */
  retryLater(): FailedSignIn | undefined {
    const delayMs = RETRY_DELAYS_MS[this.#refusedCount];
    if (delayMs === undefined) return undefined;
    this.#refusedCount += 1;
    this.#earliestMs = performance.now() + delayMs;
    return failUnexplained(delayMs);
  }

  /** A request got a good response. */
  confirm(): void {
    this.#hasWorked = true;
    this.#refusedCount = 0;
  }
}

function failUnexplained(retryAfterMs: number): FailedSignIn {
  return { kind: 'failed', fault: { kind: 'unexpected', code: 'HTTP 401' }, retryAfterMs };
}
