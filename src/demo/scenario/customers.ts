import type { Breadcrumb } from '../api-types';

/** A business whose calls the answering service takes. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  /** The groups it belongs to, outermost first. */
  readonly groups: readonly Breadcrumb[];
  /** The number that its callers dial. All numbers here are reserved for fiction. */
  readonly number: string;
}

const NORTHSIDE: Breadcrumb = { id: '65c1a0f0b2d4c80013cc0001', name: 'Northside Group' };
const ACME: Breadcrumb = { id: '65c1a0f0b2d4c80013cc0002', name: 'Acme Holdings' };
const ACME_STORAGE: Breadcrumb = { id: '65c1a0f0b2d4c80013cc0003', name: 'Acme Storage' };

export const BRIGHT_DENTAL = createCustomer(1, 'Bright Dental', '+12025550110', NORTHSIDE);
export const HARBOR_LEGAL = createCustomer(2, 'Harbor Legal', '+12025550120');
export const ACME_RENTALS = createCustomer(3, 'Acme Rentals', '+12025550130', ACME);
export const NORTHSIDE_VET = createCustomer(4, 'Northside Veterinary', '+12025550140', NORTHSIDE);
export const DEPOT = createCustomer(5, 'Riverside depot', '+12025550150', ACME, ACME_STORAGE);
export const MARLOW = createCustomer(6, 'Marlow Plumbing & Heating', '+442079460160');
export const KESSLER = createCustomer(7, 'Kessler & Söhne GmbH', '+493023125170');

export const CUSTOMERS: readonly Customer[] = [
  BRIGHT_DENTAL,
  HARBOR_LEGAL,
  ACME_RENTALS,
  NORTHSIDE_VET,
  DEPOT,
  MARLOW,
  KESSLER,
];

function createCustomer(
  number: number,
  name: string,
  phoneNumber: string,
  ...groups: readonly Breadcrumb[]
): Customer {
  return { id: `65c1a0f0b2d4c80013cd000${number}`, name, groups, number: phoneNumber };
}
