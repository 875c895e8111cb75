import { redactText } from '../../kernel/redact-text.js';
import { oneLine } from '../../kernel/text.js';
import { processTable, type ProcessTable } from './process-table.js';

const LONGEST_COMMAND = 80;

/** For messages: `process 123 (node server.js)`. */
export function nameOfProcess(pid: number, table: ProcessTable = processTable): string {
  const command = oneLine(redactText(table.commandOf(pid) ?? 'unknown program')).replace(/\s+/g, ' ');
  return `process ${pid} (${command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND - 1)}…` : command})`;
}
