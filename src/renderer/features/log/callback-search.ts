import { createCallSearch } from '../../../core/calls/search';
import type { CallbackView } from '../../../shared/state';

/** Filters the calls to return by the typed text, as the call log is searched. */
export function filterCallbacks(
  items: readonly CallbackView[],
  typed: string,
): readonly CallbackView[] {
  const matches = createCallSearch(typed);
  return items.filter(({ name, number, dialable, customers, accountLabel }) =>
    matches(
      {
        party: { name, number: dialable ?? number },
        customer: customers[0],
        customerPath: customers,
        endpoint: undefined,
      },
      accountLabel,
    ),
  );
}
