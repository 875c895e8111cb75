import type { CellRule } from '../cell-rule.js';

const OWN_LIMITS: Readonly<Record<string, string>> = {
  'too-many-open-files': 'open files (raise `ulimit -n`)',
  'no-free-local-port': 'local ports (lower --max-connections)',
};

export const generatorOutOfResources: CellRule = {
  id: 'generator-out-of-resources',
  state: 'INVALID',
  explain({ failures }) {
    const kinds = Object.keys(OWN_LIMITS).filter((kind) => (failures[kind] ?? 0) > 0);
    if (kinds.length === 0) return undefined;
    return `the generator ran out of ${kinds.map((kind) => OWN_LIMITS[kind]).join(' and ')}`;
  },
};
