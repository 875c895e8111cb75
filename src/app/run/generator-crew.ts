import { childProcessGenerator, type CrewMember } from '../../load/generators/child-process.js';
import { refuseWithoutRealTime } from '../../load/generators/real-time.js';
import { together } from '../../load/generators/together.js';
import { mergeTicks } from '../../measure/live-view.js';
import { lostShare } from '../../measure/lost-share.js';
import { mergeMeasurements } from '../../measure/cell-collector.js';
import type { Generator } from '../../model/generation/generator.js';
import { programs } from '../target/programs.js';

const whole = { ofTicks: mergeTicks, ofMeasurements: mergeMeasurements, ofLost: lostShare };

/**
 * So many generator processes that make their load as one; `users` are those of all. Throws `UserError` where they may not
 * run in real time.
 */
export async function generatorCrew(threads: number, crew: CrewMember): Promise<Generator> {
  if (crew.isRealTime) await refuseWithoutRealTime();
  const member = { ...crew, users: Math.ceil(crew.users / threads) };
  return together(
    Array.from({ length: threads }, () => childProcessGenerator(programs.generator, member)),
    whole,
  );
}
