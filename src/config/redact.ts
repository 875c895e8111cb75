import type { RunConfig } from '../model/run-config.js';

const REDACTED = '<redacted>';
/** Names of headers and variables whose values are secrets more often than not. */
const SECRET_NAME = /auth|token|secret|password|passwd|api[-_]?key|cookie|credential/i;

/** The configuration as it may be stored: no secrets, no functions. */
export function redactConfig(config: RunConfig): Record<string, unknown> {
  const { headers, target } = config;
  return {
    ...config,
    headers: redactValues(headers),
    target: target.kind === 'command' ? { ...target, env: redactValues(target.env) } : target,
  };
}

/** A command line as it may be stored. */
export function redactCommand(words: readonly string[]): string[] {
  return words.map((word, at) => {
    const line = word.startsWith('--header=') ? word.slice('--header='.length) : word;
    const isHeader = word !== line || words[at - 1] === '--header';
    const name = /^([^:]+):/.exec(line)?.[1];
    if (!isHeader || name === undefined || !SECRET_NAME.test(name)) return word;
    return word.replace(line, `${name}: ${REDACTED}`);
  });
}

function redactValues(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, SECRET_NAME.test(name) ? REDACTED : value]),
  );
}
