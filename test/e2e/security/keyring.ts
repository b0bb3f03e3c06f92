import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Variant } from 'dbus-next';
import { connect, EMPTY_REPLY, hasOwner } from '../desktop/dbus';

/** An unlocked system keyring, as after a sign-in to the desktop. */
export interface Keyring {
  /** The switch that makes Chromium use this keyring, as the name of the desktop would. */
  readonly switch: string;
  /** Locks it. Its password prompt is never answered. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  /** Restarts it and keeps its files. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const PASSWORD = 'open sesame';
const PROMPTER = 'org.gnome.keyring.SystemPrompter';
const SECRETS = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };
const SERVICE = { ...SECRETS, interface: 'org.freedesktop.Secret.Service' };

/** Starts an empty GNOME keyring on a bus. */
export async function startKeyring(busAddress: string): Promise<Keyring> {
  // Its own folder for files and sockets keeps it apart from the user's keyring.
  const folder = await mkdtemp(join(tmpdir(), 'ringside-keyring-'));
  const connection = await connect(busAddress);
  let daemon: ChildProcess;
  const start = async (): Promise<void> => {
    const started = spawn(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets'],
      {
        env: {
          ...process.env,
          DBUS_SESSION_BUS_ADDRESS: busAddress,
          XDG_DATA_HOME: folder,
          XDG_RUNTIME_DIR: folder,
        },
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    daemon = started;
    await once(started, 'spawn');
    started.stdin.end(PASSWORD);
    await expect
      .poll(() => hasOwner(connection, 'org.freedesktop.secrets'), 'the keyring on the bus')
      .toBe(true);
  };
  const stop = async (): Promise<void> => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await ended;
  };
  await start();
  // Stands in for a user who doesn't answer.
  await connection.requestName(PROMPTER);
  connection.handleMethods('/org/gnome/keyring/Prompter', 'org.gnome.keyring.internal.Prompter', {
    BeginPrompting: () => EMPTY_REPLY,
    StopPrompting: () => EMPTY_REPLY,
  });
  const call = async (member: string, signature: string, body: unknown[], result = 0) =>
    (await connection.call({ ...SERVICE, member, signature, body }))[result];
  return {
    switch: '--password-store=gnome-libsecret',
    start,
    stop,
    async lock() {
      await call('Lock', 'ao', [[await call('ReadAlias', 's', ['default'])]]);
    },
    async unlock() {
      const session = await call('OpenSession', 'sv', ['plain', new Variant('s', '')], 1);
      await connection.call({
        ...SECRETS,
        interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
        member: 'UnlockWithMasterPassword',
        signature: 'o(oayays)',
        body: [
          await call('ReadAlias', 's', ['default']),
          [session, Buffer.alloc(0), Buffer.from(PASSWORD), 'text/plain'],
        ],
      });
    },
    async close() {
      connection.close();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
