import { redactCommand } from '../../kernel/redact-text.js';
import { formatDuration } from '../../kernel/units.js';
import type { StopConfig } from '../../model/config/run-config.js';
import type { EndReport } from '../../target/processes/end-family.js';

/** Anything unusual about how a target ended, with what to do about it. */
export function endWords(
  { killed, left, command }: EndReport,
  { signal, graceMs, words }: StopConfig,
): string[] {
  const said: string[] = [];
  if (command !== null)
    said.push(
      `The scenario's stop command (${redactCommand(words ?? []).join(' ')}) ${command}. Its output is in server.log.`,
    );
  if (killed.length > 0)
    said.push(
      `The target did not end within ${formatDuration(graceMs)} of ${signal} and was killed: ${listed(killed)}. If it needs more time, set this in the scenario: stop: { grace: 30s }`,
    );
  if (left.length > 0)
    said.push(
      `The target could not be ended: ${listed(left)}. If another program keeps restarting it, end that program in the scenario: stop: { command: … }`,
    );
  return said;
}

const MOST_LISTED = 3;

function listed(commands: readonly string[]): string {
  const shown = commands.slice(0, MOST_LISTED);
  const more = commands.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
