import { listScenarios } from '../../app/inspect/list-scenarios.js';
import { renderScenarios } from '../../report/terminal/render-scenarios.js';
import { EXIT } from '../exit-codes.js';
import { Terminal, type TerminalFlags } from '../terminal.js';

/** `bench scenarios`. */
export async function doScenarios(flags: TerminalFlags): Promise<number> {
  const terminal = new Terminal(flags);
  const scenarios = await listScenarios();
  if (flags.json === true) terminal.json({ scenarios });
  else terminal.show(renderScenarios(scenarios, terminal));
  return EXIT.fine;
}
