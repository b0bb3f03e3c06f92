import type { SignInRefusal } from '../shared/state';
import type { Login } from './accounts';
import { readManagedSignIn } from './managed-sign-in';
import { unguarded } from './store/keyring';
import type { SettingsFile } from './store/settings-file';

/** With whom Ringside starts, or why with nobody. */
export interface FirstLogin {
  readonly login: Login | undefined;
  readonly refused: SignInRefusal | null;
}

/** Finds out who is to be signed in: the demo, the environment, or who was the last time. */
export async function firstLogin(
  demo: boolean,
  environment: Readonly<Record<string, string | undefined>>,
  settingsFile: SettingsFile,
): Promise<FirstLogin> {
  if (demo) {
    const { startDemoServer } = await import('../demo/server');
    const { url, userName, password } = await startDemoServer();
    return { login: { server: url, userName, password, managed: true }, refused: null };
  }
  const managed = readManagedSignIn(environment, settingsFile.settings.server);
  switch (managed.kind) {
    case 'sign-in':
      return { login: { ...managed.signIn, managed: true }, refused: null };
    case 'bad-address':
      return { login: undefined, refused: { kind: 'bad-address' } };
    case 'none':
      return { login: remembered(settingsFile), refused: null };
  }
}

function remembered({ account, locked }: SettingsFile): Login | undefined {
  if (!account) return undefined;
  const { server, userName } = account;
  // Somebody has meanwhile set another server for this computer.
  if (locked.server !== undefined && locked.server !== server) return undefined;
  const password = account.password === undefined ? undefined : unguarded(account.password);
  return { server, userName, password, managed: false };
}
