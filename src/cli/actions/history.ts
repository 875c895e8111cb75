import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runHistory } from '../../app/outputs/run-history.js';
import { writeHistory } from '../../app/outputs/write-history.js';
import { readHistoryFlags, type HistoryFlags } from '../../config/history-flags.js';
import { renderHistory } from '../../report/terminal/render-history.js';
import { EXIT } from '../exit-codes.js';
import { Terminal, type TerminalFlags } from '../terminal.js';

interface Flags extends TerminalFlags, HistoryFlags {
  /** A file; false with --no-html. */
  readonly html?: string | false;
  readonly output?: string;
}

const PAGE_FILE = 'history.html';

/** `bench history`. */
export async function doHistory(paths: readonly string[], flags: Flags): Promise<number> {
  const { failsOnRegressed, formats, ...options } = readHistoryFlags(flags);
  const terminal = new Terminal(flags);
  const history = await runHistory(paths, options);
  if (flags.json === true) terminal.json(history);
  if (flags.quiet !== true) terminal.show(`\n${renderHistory(history, terminal)}\n`);
  const folder = flags.output ?? history.runs.at(-1)?.folder ?? '.';
  const html = flags.html === false ? null : (flags.html ?? join(folder, PAGE_FILE));
  const written = await writeHistory(history, { html, formats, folder });
  for (const file of written.files) terminal.note(`Written: ${file}`);
  // A URL, so that terminals make a link of it.
  if (written.html !== null) terminal.note(`Report: ${pathToFileURL(written.html).href}`);
  return failsOnRegressed && history.outcome.regressed > 0 ? EXIT.failed : EXIT.fine;
}
