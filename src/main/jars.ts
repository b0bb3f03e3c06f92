import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { session, type Session } from 'electron';
import { EvoVoice } from './api/evo-voice';
import { electronSend } from './api/electron-send';
import { accountKey, type Login } from './login';

/** Where an account's memory of what was told is kept. */
export function watchPath(profile: string, login: Login): string {
  return join(profile, 'accounts', accountKey(login), 'watch.json');
}

/** The cookie jar of an account; a managed one lives in memory only. */
export function jarOf(login: Login): Session {
  const name = `account-${accountKey(login)}`;
  const jar = session.fromPartition(login.managed ? name : `persist:${name}`, { cache: false });
  // Nothing but our own requests runs in it; whatever else turned up would be refused.
  jar.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  return jar;
}

/** Forgets the cookies of an account, and on request what was told of it. */
export async function forgetAccount(
  profile: string,
  login: Login,
  everything: boolean,
): Promise<void> {
  await jarOf(login).clearStorageData();
  if (everything) await rm(dirname(watchPath(profile, login)), { recursive: true, force: true });
}

/** The client of an account, cut off when the signal aborts. */
export function clientOf(login: Login, version: string, signal: AbortSignal): EvoVoice {
  const jar = jarOf(login);
  return new EvoVoice({
    send: electronSend(jar),
    // Chromium writes cookies down half a minute later: a kill before that would sign out.
    onSignedIn: () => void jar.cookies.flushStore(),
    origin: login.server,
    userAgent: `Ringside/${version}`,
    signal,
    now: () => Date.now(),
  });
}
