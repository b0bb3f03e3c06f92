import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Somebody who may sign in. */
export interface Login {
  readonly userName: string;
  readonly password: string;
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** What the server has to say to a successful sign-in. */
export interface SignIn {
  readonly login: Login;
  readonly sessionId: string;
  /** The `Set-Cookie` headers. */
  readonly cookies: readonly string[];
}

interface Ticket {
  readonly login: Login;
  /** Milliseconds since 1970. Using the ticket does not extend it. */
  readonly expiresAt: number;
}

const DAY = 24 * 60 * 60 * 1000;
const REMEMBERED_FOR = 14 * DAY;
const OTHERWISE_FOR = DAY;

/**
 * Who is signed in. A remembered sign-in hangs on `ss-pid`, any other on `ss-id`; `ss-opt` tells
 * which of the two counts.
 */
export class SignIns {
  readonly #logins: readonly Login[];
  readonly #tickets = new Map<string, Ticket>();

  constructor(logins: readonly Login[]) {
    this.#logins = logins;
  }

  /** How many sign-ins are alive. */
  get count(): number {
    return this.#tickets.size;
  }

  /** Signs somebody in at the moment `now`; undefined if the two words are not right. */
  signIn(
    { userName, password, remember }: { userName: string; password: string; remember: boolean },
    now: number,
  ): SignIn | undefined {
    const login = this.#find(userName, password);
    if (login === undefined) return undefined;

    const [id, permanentId] = [newToken(), newToken()];
    const expiresAt = now + (remember ? REMEMBERED_FOR : OTHERWISE_FOR);
    this.#tickets.set(remember ? permanentId : id, { login, expiresAt });

    const permanent = remember ? { expiresAt } : {};
    return {
      login,
      sessionId: remember ? permanentId : id,
      cookies: [
        cookie('ss-id', id),
        cookie('ss-pid', permanentId, permanent),
        cookie('ss-opt', remember ? 'perm' : 'temp', permanent),
      ],
    };
  }

  /** Whose request this is, by Basic authentication or cookie. */
  whoIs(headers: IncomingHttpHeaders, now: number): Login | undefined {
    const basic = basicCredentials(headers.authorization);
    if (basic !== undefined) return this.#find(basic.userName, basic.password);

    const token = tokenOf(headers);
    const ticket = this.#tickets.get(token);
    if (ticket === undefined || ticket.expiresAt > now) return ticket?.login;
    this.#tickets.delete(token);
    return undefined;
  }

  /** Ends the sign-in a request comes with, and returns the cookies that take its cookies away. */
  signOut(headers: IncomingHttpHeaders): readonly string[] {
    this.#tickets.delete(tokenOf(headers));
    return ['ss-id', 'ss-pid', 'ss-opt'].map((name) => cookie(name, '', { expiresAt: 0 }));
  }

  /** Ends all sign-ins: every cookie that is out there is worth nothing any more. */
  revokeAll(): void {
    this.#tickets.clear();
  }

  #find(userName: string, password: string): Login | undefined {
    return this.#logins.find(
      (login) =>
        login.userName.toLowerCase() === userName.toLowerCase() && login.password === password,
    );
  }
}

function newToken(): string {
  return randomBytes(15).toString('base64url');
}

function cookie(name: string, value: string, { expiresAt }: { expiresAt?: number } = {}): string {
  const expires = expiresAt === undefined ? '' : `; Expires=${new Date(expiresAt).toUTCString()}`;
  return `${name}=${value}${expires}; Path=/; HttpOnly; SameSite=Lax`;
}

function tokenOf({ cookie: sent = '' }: IncomingHttpHeaders): string {
  const jar = new Map(
    sent.split(';').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return [name, value];
    }),
  );
  return jar.get(jar.get('ss-opt') === 'perm' ? 'ss-pid' : 'ss-id') ?? '';
}

function basicCredentials(
  header: string | undefined,
): { userName: string; password: string } | undefined {
  const encoded = /^Basic\s+(.*)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [userName = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { userName, password: rest.join(':') };
}
