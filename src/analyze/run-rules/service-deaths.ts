import { plural } from '../../kernel/format.js';
import { SERVICE_TITLES } from '../../model/results/service.js';
import type { RunRule } from '../run-rule.js';

export const serviceDeaths: RunRule = {
  id: 'service-deaths',
  severity: 'failure',
  find({ cells }) {
    const died = cells.filter(({ record }) => (record.serviceDeaths ?? []).length > 0);
    if (died.length === 0) return [];
    const names = died
      .flatMap(({ record }) => record.serviceDeaths ?? [])
      .map(({ service }) => SERVICE_TITLES[service]);
    const who = [...new Set(names)].join(' and ');
    const message = `${who} died in ${died.length} of ${plural(cells.length, 'cell')}, beside the target.`;
    return [{ message, cells: died.map(({ record }) => record.id) }];
  },
};
