import type { ServiceDeath } from '../../model/results/service.js';
import type { TargetSession } from '../target/target-session.js';

type Session = Pick<TargetSession, 'memoryKills' | 'serviceDeaths'>;

/** Counts what goes wrong with the target and its databases from now on, until the returned function is called. */
export function watchMishaps(
  session: Session,
): (cell: { readonly startedAt: string }) => { memoryKills: number; serviceDeaths: ServiceDeath[] } {
  const killsBefore = session.memoryKills;
  const deathsBefore = session.serviceDeaths.length;
  return ({ startedAt }) => {
    const openedMs = Date.parse(startedAt);
    const ends = session.serviceDeaths.slice(deathsBefore);
    return {
      memoryKills: Math.max(0, session.memoryKills - killsBefore),
      serviceDeaths: ends.map(({ service, how, unixMs }) => ({
        ...{ service, how, atMs: Math.round(unixMs - openedMs) },
      })),
    };
  };
}
