import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { connect, hasOwner } from '../desktop/dbus';

/** An unlocked system keyring, as after a sign-in to the desktop. */
export interface Keyring {
  /** The switch that makes Chromium use this keyring, as the name of the desktop would. */
  readonly switch: string;
  close(): Promise<void>;
}

/** Starts an empty GNOME keyring on a bus. */
export async function startKeyring(busAddress: string): Promise<Keyring> {
  // Its own folder for files and sockets keeps it apart from the user's keyring.
  const folder = await mkdtemp(join(tmpdir(), 'ringside-keyring-'));
  const daemon = spawn(
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
  await once(daemon, 'spawn');
  // Unlocks it with an empty password.
  daemon.stdin.end('\n');
  const connection = await connect(busAddress);
  await expect
    .poll(() => hasOwner(connection, 'org.freedesktop.secrets'), 'the keyring on the bus')
    .toBe(true);
  connection.close();
  return {
    switch: '--password-store=gnome-libsecret',
    async close() {
      if (daemon.exitCode === null && daemon.signalCode === null) {
        const ended = once(daemon, 'exit');
        daemon.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
