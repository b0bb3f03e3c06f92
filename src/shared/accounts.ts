/** What there is to know about several accounts at once. */
import { getAccountKey } from '../core/calls/session-key';
import type { AccountView, ConnectionStatus } from './state';

/** How many colours there are to tell accounts apart. */
export const ACCOUNT_COLOR_COUNT = 6;

/** What needs the person comes first; one account that is live makes up for others that begin. */
const CONNECTION_SEVERITY: readonly ConnectionStatus['kind'][] = [
  'signed-out',
  'forbidden',
  'offline',
  'live',
  'signing-in',
  'starting',
  'paused',
];

/** The account whose connection is the one to tell of; the first of those that are alike. */
export function findWorstAccount<Some extends { readonly connection: ConnectionStatus }>(
  accounts: readonly Some[],
): Some | undefined {
  return CONNECTION_SEVERITY.map((kind) =>
    accounts.find(({ connection }) => connection.kind === kind),
  ).find((found) => found !== undefined);
}

/** What the person knows an account by: its user name, and the server where that is not enough. */
export function getAccountLabel(
  account: Pick<AccountView, 'server' | 'userName'>,
  accounts: readonly Pick<AccountView, 'server' | 'userName'>[],
): string {
  const { server, userName } = account;
  const isTwin = accounts.some((other) => other.userName === userName && other.server !== server);
  return isTwin ? `${userName} · ${new URL(server).host}` : userName;
}

/** The color of an account that is added, from 1: the first that is free, then all over again. */
export function pickAccountColor(taken: readonly number[]): number {
  for (let color = 1; color <= ACCOUNT_COLOR_COUNT; color += 1) {
    if (!taken.includes(color)) return color;
  }
  return (taken.length % ACCOUNT_COLOR_COUNT) + 1;
}

/** The account of a session, given its key; a bare id is taken for one of the first account. */
export function findSessionAccount(
  session: string,
  accounts: readonly AccountView[],
): AccountView | undefined {
  const key = getAccountKey(session);
  return key === undefined ? accounts[0] : accounts.find((account) => account.key === key);
}
