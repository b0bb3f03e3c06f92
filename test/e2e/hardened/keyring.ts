import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { connect, hasOwner } from '../desktop/bus';

/** A system keyring, unlocked, as after a person has signed in to their desktop. */
export interface Keyring {
  /** The switch by which the app is told which keyring there is, as a desktop's name would. */
  readonly switch: string;
  close(): Promise<void>;
}

/** Starts GNOME's keyring on a bus, with nothing in it. */
export async function startKeyring(busAddress: string): Promise<Keyring> {
  // It keeps its files there, and makes its sockets: nobody else's keyring is touched.
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
  // The password that unlocks it: none.
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
