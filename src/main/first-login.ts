import type { SignInRefusal } from '../shared/state';
import type { KnownAccount, Login } from './login';
import { readManagedSignIn } from './managed-sign-in';
import { unguarded } from './store/keyring';
import type { RememberedAccount, SettingsFile } from './store/settings-file';

/** With whom Ringside starts, or why with nobody. */
export interface FirstLogins {
  readonly accounts: readonly KnownAccount[];
  readonly refused: SignInRefusal | null;
}

/** Finds out who is to be signed in: the demo, the environment, or who was the last time. */
export async function firstLogins(
  demo: boolean,
  environment: Readonly<Record<string, string | undefined>>,
  settingsFile: SettingsFile,
): Promise<FirstLogins> {
  if (demo) {
    const { startDemoServer } = await import('../demo/server');
    const { url, userName, password } = await startDemoServer();
    return managedBy({ server: url, userName, password });
  }
  const managed = readManagedSignIn(environment, settingsFile.settings.server);
  switch (managed.kind) {
    case 'sign-in':
      return managedBy(managed.signIn);
    case 'bad-address':
      return { accounts: [], refused: { kind: 'bad-address' } };
    case 'none':
      return { accounts: allowedIn(settingsFile).map(remembered), refused: null };
  }
}

function managedBy(signIn: Omit<Login, 'managed'>): FirstLogins {
  const login = { ...signIn, managed: true };
  return { accounts: [{ login, colour: 1, paused: false }], refused: null };
}

/** Whoever is remembered, unless somebody has meanwhile set another server for this computer. */
function allowedIn({ accounts, locked }: SettingsFile): readonly RememberedAccount[] {
  return accounts.filter(({ server }) => (locked.server ?? server) === server);
}

function remembered(account: RememberedAccount): KnownAccount {
  const { server, userName, colour, paused } = account;
  const password = account.password === undefined ? undefined : unguarded(account.password);
  return { login: { server, userName, password, managed: false }, colour, paused };
}
