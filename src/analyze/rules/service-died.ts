import { SERVICE_TITLES, type ServiceDeath } from '../../model/results/service.js';
import type { CellRule } from '../cell-rule.js';

/** What to do about failures beside it: a server without its database is not to blame. */
export const AFTER_SERVICE =
  'a database of the target died in this cell: repeat it before looking for a fault of the target';

/** Not INVALID: the generator did its part. */
export const serviceDied: CellRule = {
  id: 'service-died',
  state: 'SUSPECT',
  explain({ serviceDeaths = [] }) {
    const [first] = serviceDeaths;
    if (first === undefined) return undefined;
    const message = `${serviceDeaths.map(inWords).join('; ')}: what failed or was slow from then on is not the target's doing`;
    return { message, remedy: remedyFor(first) };
  },
};

function inWords({ service, how, atMs }: ServiceDeath): string {
  const when = atMs < 0 ? 'in the warm-up' : `${(atMs / 1000).toFixed(1)} s into the window`;
  return `${SERVICE_TITLES[service]} ${how} ${when}, and was started again`;
}

function remedyFor({ service, how }: ServiceDeath): string {
  const log = `the end of ${service}.log in the results directory`;
  const memory = /SIGKILL|137/.test(how)
    ? ' Killed without a word, most often the system did so for lack of memory: `sudo dmesg | grep -i "killed process"`.'
    : '';
  return `repeat the run; why it died, ${log} says.${memory}`;
}
