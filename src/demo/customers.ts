import type { WireBreadcrumb } from './wire';

/** A business whose calls the service takes. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  /** The groups it belongs to, outermost first. */
  readonly groups: readonly WireBreadcrumb[];
  /** The number its callers dial. All numbers of the play are set aside for fiction. */
  readonly number: string;
}

const NORTHSIDE: WireBreadcrumb = { id: '65c1a0f0b2d4c80013cc0001', name: 'Northside Group' };
const ACME: WireBreadcrumb = { id: '65c1a0f0b2d4c80013cc0002', name: 'Acme Holdings' };
const ACME_STORAGE: WireBreadcrumb = { id: '65c1a0f0b2d4c80013cc0003', name: 'Acme Storage' };

export const BRIGHT_DENTAL: Customer = {
  id: '65c1a0f0b2d4c80013cd0001',
  name: 'Bright Dental',
  groups: [NORTHSIDE],
  number: '+12025550110',
};

export const HARBOR_LEGAL: Customer = {
  id: '65c1a0f0b2d4c80013cd0002',
  name: 'Harbor Legal',
  groups: [],
  number: '+12025550120',
};

export const ACME_RENTALS: Customer = {
  id: '65c1a0f0b2d4c80013cd0003',
  name: 'Acme Rentals',
  groups: [ACME],
  number: '+12025550130',
};

export const NORTHSIDE_VETERINARY: Customer = {
  id: '65c1a0f0b2d4c80013cd0004',
  name: 'Northside Veterinary',
  groups: [NORTHSIDE],
  number: '+12025550140',
};

const RIVERSIDE_DEPOT: Customer = {
  id: '65c1a0f0b2d4c80013cd0005',
  name: 'Riverside depot',
  groups: [ACME, ACME_STORAGE],
  number: '+12025550150',
};

const MARLOW: Customer = {
  id: '65c1a0f0b2d4c80013cd0006',
  name: 'Marlow Plumbing & Heating',
  groups: [],
  number: '+442079460160',
};

export const KESSLER: Customer = {
  id: '65c1a0f0b2d4c80013cd0007',
  name: 'Kessler & Söhne GmbH',
  groups: [],
  number: '+493023125170',
};

/** All customers of the service. */
export const CUSTOMERS: readonly Customer[] = [
  BRIGHT_DENTAL,
  HARBOR_LEGAL,
  ACME_RENTALS,
  NORTHSIDE_VETERINARY,
  RIVERSIDE_DEPOT,
  MARLOW,
  KESSLER,
];

/** The path from the outermost group down to the customer itself. */
export function breadcrumb({ id, name, groups }: Customer): readonly WireBreadcrumb[] {
  return [...groups, { id, name }];
}
