import type { RunConfig } from '../model/config/run-config.js';
import type { FlagReader, RunFlags } from './flag-reader.js';
import { readFormats } from './report-flags.js';

const PORT_OR_FREE = { least: 0, most: 65_535, whole: true };

/** What programs get of a run: `--json`, `--events`, `--prometheus`, `--format`. */
export function resolveOutputs(
  read: FlagReader,
  flags: RunFlags,
): Pick<RunConfig, 'metricsPort' | 'formats'> {
  if (flags.json === true && flags.events === true) {
    read.problems.push(
      '--json and --events exclude each other: stdout holds one object at the end, or a line for each event',
    );
  }
  return {
    metricsPort: read.number('prometheus', flags.prometheus, PORT_OR_FREE) ?? null,
    formats: readFormats(read, flags.format),
  };
}
