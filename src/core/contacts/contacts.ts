import * as v from 'valibot';
import { isObject } from '../api/schema';
import { sanitizeLine } from '../api/sanitize';
import { cleanAddress, normalizeParty } from '../calls/call-summary';
import { type GetNumberKey, toKeyText } from '../calls/number-key';
import { createCallSearch } from '../calls/search';

/** A contact that the phone system keeps for the user. */
export interface Contact {
  readonly name: string;
  /** A number or another address, without a `tel:` or `sip:` prefix. */
  readonly address: string;
  readonly customer: string | undefined;
  readonly canCall: boolean;
}

/** Longer lists are cut. */
export const MAX_CONTACTS = 10_000;
/** In UTF-16 units. Contacts with longer texts are skipped. */
const MAX_TEXT_LENGTH = 200;

const text = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.maxLength(MAX_TEXT_LENGTH),
      v.transform((value) => sanitizeLine(value) || undefined),
    ),
  ),
  undefined,
);
const contactSchema = v.object({
  displayName: text,
  address: text,
  customerName: text,
  canCall: v.fallback(v.optional(v.boolean(), true), true),
});

/**
 * Decodes the contacts of a response; `undefined` if it has no list of them. Never throws: contacts
 * without a name or an address are skipped, and so are duplicates.
 */
export function decodeContacts(json: unknown): readonly Contact[] | undefined {
  const list: unknown = isObject(json) ? json['contacts'] : undefined;
  if (!Array.isArray(list)) return undefined;
  const entries: readonly unknown[] = list.slice(0, MAX_CONTACTS);
  if (entries.length > 0 && !entries.some(isObject)) return undefined;
  const contacts = entries.flatMap((entry) => decodeContact(entry) ?? []);
  const unique = new Map(
    contacts.map((contact) => [`${contact.name}\n${contact.address}`, contact]),
  );
  return [...unique.values()];
}

function decodeContact(entry: unknown): Contact | undefined {
  const read = v.safeParse(contactSchema, isObject(entry) ? entry : undefined);
  if (!read.success) return undefined;
  const { displayName, address, customerName, canCall } = read.output;
  // A number or a placeholder such as "Unknown" isn't a name.
  const { name, number } = normalizeParty({ name: displayName, number: cleanAddress(address) });
  if (name === undefined || number === undefined) return undefined;
  return { name, address: number, customer: customerName, canCall };
}

/** Finds contacts by number, however it's written, and by search text. */
export class ContactIndex {
  readonly #byNumber = new Map<string, Contact>();

  constructor(
    private readonly contacts: readonly Contact[],
    private readonly getNumberKey: GetNumberKey,
  ) {
    for (const contact of contacts) {
      const key = toKeyText(getNumberKey(contact.address));
      // The server's order decides between two contacts with the same number.
      if (!this.#byNumber.has(key)) this.#byNumber.set(key, contact);
    }
  }

  /**
   * The name of a number. A number with an extension may have the name of the number without it,
   * but not the other way around: that name belongs to someone else.
   */
  findName(number: string | undefined): string | undefined {
    if (number === undefined || this.#byNumber.size === 0) return undefined;
    const key = this.getNumberKey(number);
    const contact = this.#byNumber.get(toKeyText(key)) ?? this.#byNumber.get(key.base);
    return contact?.name;
  }

  /** The contact with an address, as the index returned it. */
  get(address: string): Contact | undefined {
    const contact = this.#byNumber.get(toKeyText(this.getNumberKey(address)));
    return contact?.address === address
      ? contact
      : this.contacts.find((other) => other.address === address);
  }

  /** The contacts that match a typed text, by the same rules as calls. */
  search(typed: string, accountLabel?: string): readonly Contact[] {
    const matches = createCallSearch(typed);
    return this.contacts.filter(({ name, address, customer }) =>
      matches(
        {
          party: { name, number: address },
          customer,
          customerPath: [],
          endpoint: undefined,
        },
        accountLabel,
      ),
    );
  }
}
