import { fingerprint } from './fingerprint';

/** Whom to sign in, and how. */
export interface Login {
  readonly server: string;
  readonly userName: string;
  readonly password: string | undefined;
  /** Given by the environment or the demo: nothing of it is written to disk. */
  readonly managed: boolean;
}

/** An account that Ringside knows of when it starts. */
export interface KnownAccount {
  readonly login: Login;
  readonly colour: number;
  readonly paused: boolean;
}

/** A name for an account that tells nothing about it, for folders and cookie jars. */
export function accountKey({ server, userName }: Pick<Login, 'server' | 'userName'>): string {
  return fingerprint(JSON.stringify([server, userName.toLowerCase()]));
}
