import type { ConnectionStatus, ConnectionError, SignInFailure } from '../../shared/state';

/**
 * The connection of an account, and the data that determines the next one. Instants are ms since
 * 1970.
 */
export interface ConnectionState {
  readonly connection: ConnectionStatus;
  /** Failed polls since the last good one. */
  readonly failures: number;
  readonly answeredAt: number | null;
  readonly failingSince: number | null;
}

/** Something that can change the connection. */
export type ConnectionEvent =
  | { readonly kind: 'signing-in' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly fault: ConnectionError }
  | { readonly kind: 'forbidden'; readonly role: string }
  | { readonly kind: 'keyring-locked' }
  | { readonly kind: 'sign-in-required'; readonly refused: SignInFailure }
  | { readonly kind: 'retry-scheduled'; readonly retryAt: number };

/** Limits how often a live connection updates `answeredAt`, because each change is shown. */
const LIVE_UPDATE_MS = 10_000;

/** The state of a connection before the first request. */
export function initialConnection(isPaused: boolean): ConnectionState {
  const connection: ConnectionStatus = { kind: isPaused ? 'paused' : 'starting' };
  return { connection, failures: 0, answeredAt: null, failingSince: null };
}

/** The state of a connection after an event at `now`. */
export function updateConnection(
  state: ConnectionState,
  event: ConnectionEvent,
  now: number,
): ConnectionState {
  const { connection, answeredAt, failures } = state;
  switch (event.kind) {
    case 'signing-in':
      return connection.kind === 'starting' ? { ...state, connection: event } : state;
    case 'answered': {
      const isRecent =
        connection.kind === 'live' && Math.abs(now - connection.lastResponseAt) < LIVE_UPDATE_MS;
      return {
        connection: isRecent ? connection : { kind: 'live', lastResponseAt: now },
        failures: 0,
        answeredAt: now,
        failingSince: null,
      };
    }
    case 'failed': {
      const since = state.failingSince ?? now;
      return {
        ...state,
        connection: {
          kind: 'offline',
          lastResponseAt: answeredAt,
          since,
          retryAt: now,
          error: event.fault,
        },
        failures: failures + 1,
        failingSince: since,
      };
    }
    case 'forbidden':
      return {
        ...state,
        connection: { kind: 'forbidden', role: event.role, retryAt: now },
        failures: failures + 1,
      };
    case 'keyring-locked':
      return { ...state, connection: event, failures: failures + 1 };
    case 'sign-in-required':
      return { ...state, connection: { kind: 'signed-out', error: event.refused } };
    case 'retry-scheduled':
      return connection.kind === 'offline' || connection.kind === 'forbidden'
        ? { ...state, connection: { ...connection, retryAt: event.retryAt } }
        : state;
  }
}
