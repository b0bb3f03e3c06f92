/** What there is to know about several accounts at once. */
import { accountIn } from '../core/session-key';
import type { Account, Connection } from './state';

/** How many colours there are to tell accounts apart. */
export const COLOURS = 6;

/** What needs the person comes first; one account that is live makes up for others that begin. */
const WORST_FIRST: readonly Connection['kind'][] = [
  'signed-out',
  'forbidden',
  'offline',
  'live',
  'signing-in',
  'starting',
  'paused',
];

/** The account whose connection is the one to tell of; the first of those that are alike. */
export function worstOf<Some extends { readonly connection: Connection }>(
  accounts: readonly Some[],
): Some | undefined {
  return WORST_FIRST.map((kind) =>
    accounts.find(({ connection }) => connection.kind === kind),
  ).find((found) => found !== undefined);
}

/** What the person knows an account by: its user name, and the server where that is not enough. */
export function labelOf(
  account: Pick<Account, 'server' | 'userName'>,
  accounts: readonly Pick<Account, 'server' | 'userName'>[],
): string {
  const { server, userName } = account;
  const isTwin = accounts.some((other) => other.userName === userName && other.server !== server);
  return isTwin ? `${userName} · ${new URL(server).host}` : userName;
}

/** The colour of an account that is added, from 1: the first that is free, then all over again. */
export function nextColour(taken: readonly number[]): number {
  for (let colour = 1; colour <= COLOURS; colour += 1) {
    if (!taken.includes(colour)) return colour;
  }
  return (taken.length % COLOURS) + 1;
}

/** The account of a session, given its key; a bare id is taken for one of the first account. */
export function accountOf(session: string, accounts: readonly Account[]): Account | undefined {
  const key = accountIn(session);
  return key === undefined ? accounts[0] : accounts.find((account) => account.key === key);
}
