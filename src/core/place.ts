import type { WireSession } from './wire';

/** For whom a call is, and where it came in. */
export interface Place {
  /** The customer in the shortest form that names it. */
  readonly customer: string | undefined;
  /** The customer and those above it, the outermost first; empty when no customer is known. */
  readonly path: readonly string[];
  /** The endpoint that the call is on, or else the queue in which it waits. */
  readonly endpoint: string | undefined;
}

type Where = Pick<
  WireSession,
  'customerBreadcrumb' | 'customerName' | 'endpointName' | 'holdQueueName'
>;

/** Reads where a session belongs. */
export function placeOf(session: Where): Place {
  const crumbs = session.customerBreadcrumb
    .map(({ name }) => name)
    .filter((name) => name !== undefined);
  const { customerName } = session;
  const path =
    customerName === undefined || crumbs.includes(customerName)
      ? crumbs
      : [...crumbs, customerName];
  return {
    customer: customerName ?? crumbs.at(-1),
    path,
    endpoint: session.endpointName ?? session.holdQueueName,
  };
}

/** The path as one text: `Northside Group › Bright Dental`. */
export function pathText(path: readonly string[]): string {
  return path.join(' › ');
}
