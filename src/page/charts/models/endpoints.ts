import type { PageData } from '../../../model/report/page-data.js';
import { COLORS } from './chart-model.js';

/** An endpoint as charts tell it apart, in both runs of a comparison the same. */
export interface Endpoint {
  readonly name: string;
  readonly color: number;
  /** Whether it is drawn before somebody asks for it. */
  readonly isShown: boolean;
}

/** All endpoints; of more than there are colours only the slowest by p99 are shown at first. */
export function endpointsOf({ runs }: PageData): Endpoint[] {
  const slowest = new Map<string, number>();
  for (const { endpoint, metrics } of runs.flatMap(({ cells }) => cells)) {
    slowest.set(endpoint, Math.max(slowest.get(endpoint) ?? 0, metrics['p99'] ?? 0));
  }
  const names = [...slowest.keys()];
  if (names.length <= COLORS) return names.map((name, color) => ({ name, color, isShown: true }));
  return names
    .sort((a, b) => (slowest.get(b) ?? 0) - (slowest.get(a) ?? 0))
    .map((name, rank) => ({ name, color: rank % COLORS, isShown: rank < COLORS }));
}

/** What charts say of the endpoints that are not drawn at first; empty when all are. */
export function noteOnHidden(endpoints: readonly Endpoint[]): string {
  const shown = endpoints.filter(({ isShown }) => isShown).length;
  if (shown === endpoints.length) return '';
  return `Drawn are the ${shown} slowest of ${endpoints.length} endpoints, by p99; the legend has the others.`;
}
