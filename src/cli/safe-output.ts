import { redactText } from '../kernel/redact-text.js';
import { withoutSteering } from '../kernel/text.js';

/** Colours and weights, which are ours: foreign text has lost its escapes before it is painted. */
const PAINT = `${String.fromCharCode(27)}\\[[\\d;]*m`;
const PAINTED = new RegExp(`(${PAINT})`);

/** A text for people as it may be written: nothing in it steers a terminal, but for its colours. */
export function shownText(text: string): string {
  const shown = text
    .split(PAINTED)
    .map((part, at) => (at % 2 === 1 ? part : withoutSteering(part)))
    .join('');
  return isRunner(process.env) ? withoutCommands(shown) : shown;
}

/** What commander says of wrong words, which it repeats. */
export function shownComplaint(text: string): string {
  return shownText(redactText(text));
}

/** JSON as it may be written: a runner looks for its older commands anywhere in a line. */
export function shownJson(json: string): string {
  return isRunner(process.env) ? json.replaceAll('##', '#\\u0023') : json;
}

/** Whether what reads the output takes some of its lines for commands. */
function isRunner(env: Readonly<Record<string, string | undefined>>): boolean {
  return ['GITHUB_ACTIONS', 'TF_BUILD', 'TEAMCITY_VERSION', 'CI'].some((name) => (env[name] ?? '') !== '');
}

const COMMAND = new RegExp(`^((?:\\s|${PAINT})*:)(?=:)`, 'gm');

/**
 * A line that begins with `::`, or holds `##[`, is a command to GitHub (actions/runner, ActionCommand.cs), `##vso[` is one to
 * Azure, `##teamcity[` to TeamCity. A character without width takes the marks apart.
 */
function withoutCommands(text: string): string {
  return text.replace(COMMAND, '$1\u2060').replace(/#(?=#\w*\[)/g, '#\u2060');
}
