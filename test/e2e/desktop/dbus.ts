import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Message, MessageFlag, MessageType, sessionBus, type MessageBus } from 'dbus-next';

/** A session bus for one test, without the daemons of the desktop. */
export interface PrivateBus {
  /** The value for `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  /** Stops the bus and removes its folder. */
  close(): Promise<void>;
}

/** One connection to a bus. */
export interface DBusConnection {
  readonly bus: MessageBus;
  /** Calls a method and returns the body of the reply. Rejects with the D-Bus error, or after 5 s. */
  call(call: MethodCall): Promise<readonly unknown[]>;
  /** Broadcasts a signal. */
  emit(
    path: string,
    interfaceName: string,
    member: string,
    signature: string,
    body: unknown[],
  ): void;
  /** Handles the method calls of one interface at one path. */
  handleMethods(
    path: string,
    interfaceName: string,
    methods: Readonly<Record<string, Method>>,
  ): void;
  /** Calls the listener for each signal that matches a rule in the match syntax of D-Bus. */
  onSignal(rule: string, listener: (signal: Message) => void): Promise<void>;
  /** Requests a well-known name; rejects if it's taken. */
  requestName(name: string): Promise<void>;
  close(): void;
}

/** A method call. The body must match the signature. */
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: unknown[];
}

/** The reply of a method: a signature and a body that matches it. */
export interface Reply {
  readonly signature: string;
  readonly body: unknown[];
}

/** Handles one method call. An exception becomes a D-Bus error. */
export type Method = (body: readonly unknown[], call: Message) => Reply | Promise<Reply>;

/** The reply of a method without a return value. */
export const EMPTY_REPLY: Reply = { signature: '', body: [] };

// Without service folders the bus can't activate an installed notification daemon.
const busConfig = (
  folder: string,
  allowedUsers: readonly string[],
): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    ${allowedUsers.map((name) => `<allow user="${name}"/>`).join('')}
  </policy>
</busconfig>
`;

/**
 * Starts a session bus. Rejects if `dbus-daemon` isn't installed or doesn't start.
 * @param allowedUsers other users of this machine who may connect to it
 */
export async function startPrivateBus(allowedUsers: readonly string[] = []): Promise<PrivateBus> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-bus-'));
  if (allowedUsers.length > 0) await chmod(folder, 0o711);
  const file = join(folder, 'session.conf');
  await writeFile(file, busConfig(folder, allowedUsers));
  const daemon = spawn('dbus-daemon', [`--config-file=${file}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Reported only if it fails: as root it always warns about a limit.
  let errorOutput = '';
  daemon.stderr.on('data', (chunk: Buffer) => {
    errorOutput += chunk.toString();
  });
  const killDaemon = (): void => {
    daemon.kill('SIGKILL');
  };
  process.once('exit', killDaemon);
  const failure = new Promise<never>((_, reject) => {
    daemon.once('error', (cause) => {
      reject(
        new Error('dbus-daemon could not be started: is the package dbus installed?', { cause }),
      );
    });
    daemon.once('exit', (code) => {
      reject(new Error(`dbus-daemon exited with ${String(code)}: ${errorOutput}`));
    });
  });
  failure.catch(() => undefined);
  const address = await Promise.race([
    failure,
    once(createInterface(daemon.stdout), 'line').then(([line]) => String(line)),
  ]);
  return {
    address,
    async close() {
      process.off('exit', killDaemon);
      if (daemon.exitCode === null && daemon.signalCode === null) {
        const exit = once(daemon, 'exit');
        daemon.kill('SIGTERM');
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Connects to a bus. */
export async function connect(busAddress: string): Promise<DBusConnection> {
  const bus = sessionBus({ busAddress });
  await new Promise<void>((resolve, reject) => {
    bus.on('connect', resolve);
    bus.on('error', reject);
  });
  let isClosed = false;
  // A call that was on its way when the connection closed can't be answered.
  bus.addMethodHandler(() => isClosed);
  return {
    bus,
    call: (call) => callOn(bus, call),
    emit(path, interfaceName, member, signature, body) {
      bus.send(Message.newSignal(path, interfaceName, member, signature, body));
    },
    handleMethods(path, interfaceName, methods) {
      bus.addMethodHandler((call: Message) => {
        if (call.path !== path || call.interface !== interfaceName) return false;
        const method = Object.hasOwn(methods, call.member) ? methods[call.member] : undefined;
        if (method === undefined) return false;
        void reply(bus, call, method);
        return true;
      });
    },
    async onSignal(rule, listener) {
      const isMatch = parseRule(rule);
      bus.on('message', (message) => {
        if (message.type === MessageType.SIGNAL && isMatch(message)) listener(message);
      });
      await callOn(bus, {
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'AddMatch',
        signature: 's',
        body: [`type='signal',${rule}`],
      });
    },
    async requestName(name) {
      // 4 means don't queue for the name, 1 means the name is ours.
      if ((await bus.requestName(name, 4)) !== 1)
        throw new Error(`${name} is already taken on this bus`);
    },
    close() {
      isClosed = true;
      bus.disconnect();
    },
  };
}

/** Whether a well-known name is owned by any connection. */
export async function hasOwner(connection: DBusConnection, name: string): Promise<boolean> {
  const [owned] = await connection.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'NameHasOwner',
    signature: 's',
    body: [name],
  });
  return owned === true;
}

async function callOn(bus: MessageBus, call: MethodCall): Promise<readonly unknown[]> {
  const { destination, interface: interfaceName, member } = call;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${destination} didn't answer ${interfaceName}.${member} within 5 s`));
    }, 5_000);
  });
  try {
    const message = new Message({ signature: '', body: [], ...call });
    const reply = await Promise.race([bus.call(message), timeout]);
    return (reply?.body ?? []) as unknown[];
  } finally {
    clearTimeout(timer);
  }
}

async function reply(bus: MessageBus, call: Message, method: Method): Promise<void> {
  try {
    const { signature, body } = await method(call.body as unknown[], call);
    if ((call.flags & MessageFlag.NO_REPLY_EXPECTED) === 0) {
      bus.send(Message.newMethodReturn(call, signature, body));
    }
  } catch (error) {
    const failure = Message.newMethodReturn(call, 's', [String(error)]);
    failure.type = MessageType.ERROR;
    failure.errorName = 'org.freedesktop.DBus.Error.Failed';
    bus.send(failure);
  }
}

function parseRule(rule: string): (message: Message) => boolean {
  const conditions = new Map(
    [...rule.matchAll(/(\w+)='([^']*)'/g)].map(([, key = '', value = '']) => [key, value]),
  );
  return ({ interface: interfaceName, member, path }) =>
    Object.entries({ interface: interfaceName, member, path }).every(
      ([key, value]) => !conditions.has(key) || conditions.get(key) === value,
    );
}
