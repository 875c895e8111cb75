import { Option, type Command } from 'commander';

/** Options that say which server and which of its operations; shared by run, list and serve. */
export function addTargetOptions(command: Command): Command {
  return addServerOptions(
    command
      .optionsGroup('Target:')
      .option('--scenario <name|file>', 'a shipped scenario, or your own scenario file [node-sqlite]'),
  );
}

/** How a server is reached or started. */
export function addServerOptions(command: Command): Command {
  return command
    .option('--url <url>', 'a server that runs already; a path in it stands before all others')
    .option('--base-path <path>', 'before every path, in place of what the document says; / = nothing')
    .option('--command <command>', 'start this server; {host} {port} {workers} are replaced')
    .option('--host <host>', 'address on which to start it [127.0.0.1]')
    .option('--port <port>', "port, or 'auto' for any free one [8000, or a free one when it is taken]")
    .option('--ready-timeout <time>', 'how long to wait for it to answer [30s, with --url 5s]')
    .option(
      '--spec <path|url|file>',
      'its OpenAPI document; - reads standard input [looked for on the server]',
    )
    .option('--allow-external-refs', 'also read the files in its folder that it refers to')
    .option('--max-external-refs <n>', 'as many of them at most [10000]')
    .option('--unix-socket <path>', 'where the server listens, in place of host and port')
    .option('--insecure', 'take any TLS certificate');
}

export function addSelectionOptions(command: Command): Command {
  return command
    .optionsGroup('Selection:')
    .option('--request <line>', "'METHOD /path': this request, without any document (may repeat)", gather)
    .option('--filter <prefix>', 'only paths that start so (may repeat)', gather)
    .option(
      '--include <selector...>',
      "only these: operationId, tag or 'METHOD /path'; * stands for any text",
    )
    .option('--exclude <selector...>', 'none of these')
    .option('--methods <method...>', 'HTTP methods [GET POST QUERY]')
    .option('--no-chains', 'take no ids for paths from what the collections above answer')
    .option('--header <line>', "'Name: value' for every request (may repeat)", gather)
    .option(
      '--body <mode|text|@file>',
      'how much of a body: required, default or full [default]; with --request it is the body itself, or @file',
    )
    .option('--variants <n>', 'distinct requests for each operation [10]')
    .addOption(new Option('--seed <n>', 'order of the values, and Poisson arrivals [1]'));
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option('--json', 'JSON on stdout; text for people goes to stderr')
    .option('--quiet', 'no progress and no notices')
    .option('--no-color', 'no colours (as NO_COLOR=1)');
}

/** For options that may repeat. */
export function gather(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}
