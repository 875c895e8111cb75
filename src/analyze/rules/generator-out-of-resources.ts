import type { CellRule } from '../cell-rule.js';

const OWN_LIMITS: Readonly<Record<string, string>> = {
  'too-many-open-files': 'open files',
  'no-free-local-port': 'local ports',
};

export const generatorOutOfResources: CellRule = {
  id: 'generator-out-of-resources',
  state: 'INVALID',
  remedy: 'raise `ulimit -n`, or lower --max-connections',
  explain({ failures }) {
    const kinds = Object.keys(OWN_LIMITS).filter((kind) => (failures[kind] ?? 0) > 0);
    if (kinds.length === 0) return undefined;
    return `the generator ran out of ${kinds.map((kind) => OWN_LIMITS[kind]).join(' and ')}`;
  },
};
