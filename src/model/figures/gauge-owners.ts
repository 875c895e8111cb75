import type { FactGroup, PageGroup } from './figure.js';

interface GaugeOwner {
  /** As in `Connections of PostgreSQL`. */
  readonly name: string;
  readonly page: PageGroup;
  readonly fact: FactGroup;
}

/** By the first part of an id. */
const OWNERS: Readonly<Record<string, GaugeOwner>> = {
  target: { name: 'the target', page: 'Further gauges', fact: 'Target' },
  host: { name: 'the host', page: 'Further gauges', fact: 'Generator' },
  postgres: { name: 'PostgreSQL', page: 'PostgreSQL', fact: 'PostgreSQL' },
  redis: { name: 'Redis', page: 'Redis', fact: 'Redis' },
};

/** Whose a gauge is; undefined for what this version does not know. */
export function ownerOf(id: string): GaugeOwner | undefined {
  const [owner = ''] = id.split('.', 1);
  return Object.hasOwn(OWNERS, owner) ? OWNERS[owner] : undefined;
}

/** `CPU of the target`, `Connections of PostgreSQL`; the title alone where it is not known whose it is. */
export function fullTitle({ id, title }: { readonly id: string; readonly title: string }): string {
  const owner = ownerOf(id);
  return owner === undefined ? title : `${title} of ${owner.name}`;
}
