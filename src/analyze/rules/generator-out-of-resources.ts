import type { CellRule } from '../cell-rule.js';
import { remedyForKind } from '../failure-remedies.js';

const OWN_LIMITS: Readonly<Record<string, string>> = {
  'too-many-open-files': 'open files',
  'no-free-local-port': 'local ports',
};

export const generatorOutOfResources: CellRule = {
  id: 'generator-out-of-resources',
  state: 'INVALID',
  explain({ failures, generator }, run) {
    const kinds = Object.keys(OWN_LIMITS).filter((kind) => (failures[kind] ?? 0) > 0);
    if (kinds.length === 0) return undefined;
    return {
      message: `the generator ran out of ${kinds.map((kind) => OWN_LIMITS[kind]).join(' and ')}`,
      remedy: kinds.map((kind) => remedyForKind(kind, { generator, ...run })).join('; '),
      severity: kinds.reduce((sum, kind) => sum + (failures[kind] ?? 0), 0),
    };
  },
};
