import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { MessageBus } from '@homebridge/dbus-native';

declare module '@homebridge/dbus-native' {
  /** Missing in the types of the package. */
  export function sessionBus(options: { readonly busAddress: string }): MessageBus;
}

/** How long the bus or a service on it may take to answer. */
const TIMEOUT_MS = 2_000;

/** A call of a method on a service of the bus. */
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Connects to the session bus; `undefined` if there is none or it doesn't answer. */
export async function connectToSessionBus(
  address = getSessionBusAddress(process.env),
  timeoutMs = TIMEOUT_MS,
): Promise<MessageBus | undefined> {
  if (address === undefined) return undefined;
  try {
    const { sessionBus } = await import('@homebridge/dbus-native');
    const bus = sessionBus({ busAddress: address });
    await once(bus.connection, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    // Without a listener, a lost connection would be an uncaught error.
    bus.connection.on('error', () => undefined);
    return bus;
  } catch {
    return undefined;
  }
}

/** Calls a method and returns its results, or none if there's no answer. */
export async function callMethod(
  bus: MessageBus,
  call: MethodCall,
  timeoutMs = TIMEOUT_MS,
): Promise<readonly unknown[]> {
  const answer = new Promise<readonly unknown[]>((resolve) => {
    bus.invoke(call, (error, ...results: unknown[]) => {
      resolve(error ? [] : results);
    });
  });
  return await Promise.race([answer, delay(timeoutMs, [], { ref: false })]);
}

function getSessionBusAddress(env: NodeJS.ProcessEnv): string | undefined {
  const runtimeFolder = env['XDG_RUNTIME_DIR'];
  const systemdAddress = runtimeFolder === undefined ? undefined : `unix:path=${runtimeFolder}/bus`;
  return env['DBUS_SESSION_BUS_ADDRESS'] ?? systemdAddress;
}
