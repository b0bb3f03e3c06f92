/** Helpers for several accounts. */
import { getAccountKey } from '../core/calls/session-key';
import type { AccountView, ConnectionStatus } from './state';

/** Colors to tell accounts apart. */
export const ACCOUNT_COLOR_COUNT = 6;

/** Most severe first. A live account outranks others that are still connecting. */
const CONNECTION_SEVERITY: readonly ConnectionStatus['kind'][] = [
  'signed-out',
  'keyring-locked',
  'forbidden',
  'offline',
  'live',
  'signing-in',
  'starting',
  'paused',
];

/** Returns the account with the most severe connection status, the first one if equal. */
export function findWorstAccount<Some extends { readonly connection: ConnectionStatus }>(
  accounts: readonly Some[],
): Some | undefined {
  return CONNECTION_SEVERITY.map((kind) =>
    accounts.find(({ connection }) => connection.kind === kind),
  ).find((found) => found !== undefined);
}

/** Returns the label of an account: its username, with the server if that isn't unique. */
export function getAccountLabel(
  account: Pick<AccountView, 'server' | 'userName'>,
  accounts: readonly Pick<AccountView, 'server' | 'userName'>[],
): string {
  const { server, userName } = account;
  const isTwin = accounts.some((other) => other.userName === userName && other.server !== server);
  return isTwin ? `${userName} · ${new URL(server).host}` : userName;
}

/** Returns the color of a new account, from 1: the first unused one, then starting over. */
export function pickAccountColor(taken: readonly number[]): number {
  for (let color = 1; color <= ACCOUNT_COLOR_COUNT; color += 1) {
    if (!taken.includes(color)) return color;
  }
  return (taken.length % ACCOUNT_COLOR_COUNT) + 1;
}

/** Returns the account of a session key. A bare session id belongs to the first account. */
export function findSessionAccount(
  session: string,
  accounts: readonly AccountView[],
): AccountView | undefined {
  const key = getAccountKey(session);
  return key === undefined ? accounts[0] : accounts.find((account) => account.key === key);
}
