import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Message, MessageFlag, MessageType, sessionBus, type MessageBus } from 'dbus-next';

/** A session bus of one's own: nobody else's daemons are on it. */
export interface PrivateBus {
  /** What goes into `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  /** Ends the bus and removes its folder. */
  close(): Promise<void>;
}

/** One connection to a bus, which knows its own name there. */
export interface Connection {
  readonly bus: MessageBus;
  /** Calls a method and gives the answer's body. Rejects with the D-Bus error, or after 5 s. */
  call(call: MethodCall): Promise<readonly unknown[]>;
  /** Sends a signal to everybody who listens. */
  signal(path: string, of: string, member: string, signature: string, body: unknown[]): void;
  /** Answers the method calls of one interface at one path. */
  serve(path: string, of: string, methods: Readonly<Record<string, Method>>): void;
  /** Hands over every signal that matches the rule; the rule is the bus's own match syntax. */
  listen(rule: string, onSignal: (signal: Message) => void): Promise<void>;
  /** Takes a well-known name; rejects when somebody has it already. */
  own(name: string): Promise<void>;
  close(): void;
}

/** A method call: the body must fit the signature. */
export interface MethodCall {
  readonly to: string;
  readonly path: string;
  readonly of: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: unknown[];
}

/** What a served method answers: a signature and a body that fits it. */
export interface Reply {
  readonly signature: string;
  readonly body: unknown[];
}

/** Answers one method call; what it throws becomes a D-Bus error. */
export type Method = (body: readonly unknown[], call: Message) => Reply;

/** The answer of a method that gives nothing back. */
export const nothing: Reply = { signature: '', body: [] };

// No service folders: the bus never starts an installed notification daemon by itself.
const configuration = (
  folder: string,
  guests: readonly string[],
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
    ${guests.map((name) => `<allow user="${name}"/>`).join('')}
  </policy>
</busconfig>
`;

/**
 * Starts a session bus of one's own. Rejects when `dbus-daemon` is not there or does not start.
 * @param guests users of this machine who may use it too
 */
export async function startPrivateBus(guests: readonly string[] = []): Promise<PrivateBus> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-bus-'));
  if (guests.length > 0) await chmod(folder, 0o711);
  const file = join(folder, 'session.conf');
  await writeFile(file, configuration(folder, guests));
  const daemon = spawn('dbus-daemon', [`--config-file=${file}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Said only when it fails: as root it complains about a limit it does not need.
  let complaint = '';
  daemon.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const endWithMe = (): void => {
    daemon.kill('SIGKILL');
  };
  process.once('exit', endWithMe);
  const ended = new Promise<never>((_, reject) => {
    daemon.once('error', (cause) => {
      reject(new Error('dbus-daemon cannot be started: is the package dbus installed?', { cause }));
    });
    daemon.once('exit', (code) => {
      reject(new Error(`dbus-daemon ended with ${String(code)}: ${complaint}`));
    });
  });
  ended.catch(() => undefined);
  const address = await Promise.race([
    ended,
    once(createInterface(daemon.stdout), 'line').then(([line]) => String(line)),
  ]);
  return {
    address,
    async close() {
      process.off('exit', endWithMe);
      if (daemon.exitCode === null && daemon.signalCode === null) {
        const exit = once(daemon, 'exit');
        daemon.kill('SIGTERM');
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Connects to the bus at an address. Rejects when nobody is there. */
export async function connect(busAddress: string): Promise<Connection> {
  const bus = sessionBus({ busAddress });
  await new Promise<void>((resolve, reject) => {
    bus.on('connect', resolve);
    bus.on('error', reject);
  });
  return {
    bus,
    call: (call) => callOn(bus, call),
    signal(path, of, member, signature, body) {
      bus.send(Message.newSignal(path, of, member, signature, body));
    },
    serve(path, of, methods) {
      bus.addMethodHandler((call: Message) => {
        if (call.path !== path || call.interface !== of) return false;
        const method = Object.hasOwn(methods, call.member) ? methods[call.member] : undefined;
        if (method === undefined) return false;
        answer(bus, call, method);
        return true;
      });
    },
    async listen(rule, onSignal) {
      const wanted = parseRule(rule);
      bus.on('message', (message) => {
        if (message.type === MessageType.SIGNAL && wanted(message)) onSignal(message);
      });
      await callOn(bus, {
        to: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        of: 'org.freedesktop.DBus',
        member: 'AddMatch',
        signature: 's',
        body: [`type='signal',${rule}`],
      });
    },
    async own(name) {
      // 4: fail rather than wait in line. 1: it is ours.
      if ((await bus.requestName(name, 4)) !== 1) throw new Error(`${name} is taken on this bus`);
    },
    close() {
      bus.disconnect();
    },
  };
}

/** Whether somebody has a well-known name on a bus. */
export async function hasOwner(connection: Connection, name: string): Promise<boolean> {
  const [owned] = await connection.call({
    to: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    of: 'org.freedesktop.DBus',
    member: 'NameHasOwner',
    signature: 's',
    body: [name],
  });
  return owned === true;
}

async function callOn(bus: MessageBus, call: MethodCall): Promise<readonly unknown[]> {
  const { to: destination, path, of, member, signature = '', body = [] } = call;
  const message = new Message({ destination, path, interface: of, member, signature, body });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${destination} did not answer ${of}.${member} in 5 s`));
    }, 5_000);
  });
  try {
    const reply = await Promise.race([bus.call(message), late]);
    return (reply?.body ?? []) as unknown[];
  } finally {
    clearTimeout(timer);
  }
}

function answer(bus: MessageBus, call: Message, method: Method): void {
  try {
    const { signature, body } = method(call.body as unknown[], call);
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
  const wanted = new Map(
    [...rule.matchAll(/(\w+)='([^']*)'/g)].map(([, key = '', value = '']) => [key, value]),
  );
  return ({ interface: of, member, path }) =>
    [
      ['interface', of],
      ['member', member],
      ['path', path],
    ].every(([key = '', is]) => !wanted.has(key) || wanted.get(key) === is);
}
