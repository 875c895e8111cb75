import { childProcessGenerator } from '../../load/generators/child-process.js';
import type { Engine } from '../../load/generators/messages.js';
import { together } from '../../load/generators/together.js';
import { mergeTicks } from '../../measure/live-view.js';
import { lostShare } from '../../measure/lost-share.js';
import { mergeMeasurements } from '../../measure/cell-collector.js';
import type { Generator } from '../../model/generation/generator.js';
import { programs } from '../target/programs.js';

const whole = { ofTicks: mergeTicks, ofMeasurements: mergeMeasurements, ofLost: lostShare };

/** So many generator processes that make their load as one, of so many users at most, made ready to send so. */
export function generatorCrew(threads: number, engine: Engine, users: number): Generator {
  const ofEach = Math.ceil(users / threads);
  return together(
    Array.from({ length: threads }, () => childProcessGenerator(programs.generator, engine, ofEach)),
    whole,
  );
}
