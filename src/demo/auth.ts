import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A user who can sign in. */
export interface User {
  readonly userName: string;
  readonly password: string;
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const REMEMBERED_SIGN_IN_MS = 14 * DAY_MS;
const TEMPORARY_SIGN_IN_MS = DAY_MS;

/**
 * The sign-ins that are valid. A remembered one uses the cookie `ss-pid`, any other `ss-id`;
 * `ss-opt` says which of the two counts. Using a sign-in doesn't extend it.
 */
export class SignIns {
  readonly #tokens = new Map<string, { readonly user: User; readonly expiresAt: number }>();

  constructor(private readonly users: readonly User[]) {}

  get count(): number {
    return this.#tokens.size;
  }

  /** Signs a user in, with `Set-Cookie` headers; `undefined` if the credentials are wrong. */
  signIn(userName: string, password: string, remember: boolean, now: number) {
    const user = this.#findUser(userName, password);
    if (user === undefined) return undefined;
    const [id, permanentId] = [createToken(), createToken()];
    const sessionId = remember ? permanentId : id;
    const expiresAt = now + (remember ? REMEMBERED_SIGN_IN_MS : TEMPORARY_SIGN_IN_MS);
    this.#tokens.set(sessionId, { user, expiresAt });
    const permanent = remember ? expiresAt : undefined;
    const cookies = [
      formatCookie('ss-id', id),
      formatCookie('ss-pid', permanentId, permanent),
      formatCookie('ss-opt', remember ? 'perm' : 'temp', permanent),
    ];
    return { user, sessionId, cookies };
  }

  /** Returns the user of a request, by Basic authentication or cookie. */
  authenticate(headers: IncomingHttpHeaders, now: number): User | undefined {
    const encoded = /^Basic\s+(.*)$/i.exec(headers.authorization ?? '')?.[1];
    if (encoded !== undefined) {
      const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
      return this.#findUser(name, rest.join(':'));
    }
    const signIn = this.#tokens.get(getToken(headers));
    return signIn !== undefined && signIn.expiresAt > now ? signIn.user : undefined;
  }

  /** Ends the sign-in of a request and returns the headers that delete its cookies. */
  signOut(headers: IncomingHttpHeaders): readonly string[] {
    this.#tokens.delete(getToken(headers));
    return ['ss-id', 'ss-pid', 'ss-opt'].map((name) => formatCookie(name, '', 0));
  }

  /** Ends all sign-ins. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  #findUser(userName: string, password: string): User | undefined {
    return this.users.find(
      (user) =>
        user.userName.toLowerCase() === userName.toLowerCase() && user.password === password,
    );
  }
}

function createToken(): string {
  return randomBytes(15).toString('base64url');
}

function formatCookie(name: string, value: string, expiresAt?: number): string {
  const expires = expiresAt === undefined ? '' : `; Expires=${new Date(expiresAt).toUTCString()}`;
  return `${name}=${value}${expires}; Path=/; HttpOnly; SameSite=Lax`;
}

function getToken({ cookie = '' }: IncomingHttpHeaders): string {
  const cookies = new Map(
    cookie.split(';').map((pair) => pair.trim().split('=', 2) as [string, string]),
  );
  return cookies.get(cookies.get('ss-opt') === 'perm' ? 'ss-pid' : 'ss-id') ?? '';
}
