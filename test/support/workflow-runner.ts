import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A step of a workflow or of a composite action, as its file has it. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** `foreign`: an action of somebody else, which is not run here. */
export interface Ran {
  readonly name: string;
  readonly state: 'success' | 'failure' | 'skipped' | 'foreign';
  /** stdout and stderr together. */
  readonly output: string;
}

/** Values of `github.…`; `inputs` and `steps` are the runner's. */
export type GithubContext = Readonly<Record<string, unknown>>;

type Outputs = Record<string, { outputs: Record<string, string> }>;

interface Scope {
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: Outputs;
  readonly actionPath: string | null;
  hasFailed: boolean;
}

/** Runs the steps of a job as GitHub's runner does, with its own language of expressions, but for actions of others. */
export class WorkflowRunner {
  readonly ran: Ran[] = [];
  /** What steps have added to the summary of the job. */
  readonly summary: string;
  private readonly temporary: string;

  constructor(
    private readonly folder: string,
    private readonly github: GithubContext,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.temporary = mkdtempSync(join(folder, '..', 'runner-'));
    this.summary = this.file('summary.md');
  }

  /** Whether the job has succeeded. */
  async job(steps: readonly Step[]): Promise<boolean> {
    const scope: Scope = { inputs: {}, steps: {}, actionPath: null, hasFailed: false };
    await this.runAll(steps, scope);
    return !scope.hasFailed;
  }

  private async runAll(steps: readonly Step[], scope: Scope): Promise<void> {
    for (const step of steps) {
      const name = step.name ?? step.uses ?? step.run ?? '';
      if (!this.isWanted(step, scope)) this.ran.push({ name, state: 'skipped', output: '' });
      else if (step.run !== undefined) await this.runScript(name, step, step.run, scope);
      else if (step.uses?.startsWith('./') === true) await this.runAction(step, step.uses, scope);
      else this.ran.push({ name: step.uses ?? '', state: 'foreign', output: '' });
    }
  }

  /** A condition that asks for no state of the job is true only while nothing has failed. */
  private isWanted({ if: condition = 'success()' }: Step, scope: Scope): boolean {
    const expression = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
    const asksForState = /\b(success|failure|always|cancelled)\(\)/.test(expression);
    const holds = Boolean(truthOf(this.evaluate(expression, scope)));
    return holds && (asksForState || !scope.hasFailed);
  }

  private async runAction(step: Step, place: string, scope: Scope): Promise<void> {
    const actionPath = join(this.folder, place);
    const { inputs, runs } = parse(readFileSync(join(actionPath, 'action.yml'), 'utf8')) as Action;
    const given = step.with ?? {};
    const unknown = Object.keys(given).filter((name) => !(name in inputs));
    if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(', ')}`);
    const values = Object.entries(inputs).map(([name, input]) => [
      name,
      this.expand(String(given[name] ?? input.default ?? ''), scope),
    ]);
    const inner: Scope = { inputs: Object.fromEntries(values), steps: {}, actionPath, hasFailed: false };
    await this.runAll(runs.steps, inner);
    scope.hasFailed ||= inner.hasFailed;
  }

  private async runScript(name: string, step: Step, script: string, scope: Scope): Promise<void> {
    const file = join(this.temporary, 'script.sh');
    writeFileSync(file, this.expand(script, scope));
    const output = this.file('output');
    const env = Object.entries(step.env ?? {}).map(([key, value]) => [key, this.expand(value, scope)]);
    const options = step.shell === undefined ? ['-e'] : ['--noprofile', '--norc', '-eo', 'pipefail'];
    const { code, text } = await ended('bash', [...options, file], {
      cwd: join(this.folder, this.expand(step['working-directory'] ?? '.', scope)),
      env: {
        ...this.environment,
        CI: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: this.summary,
        RUNNER_TEMP: this.temporary,
        ...(scope.actionPath === null ? {} : { GITHUB_ACTION_PATH: scope.actionPath }),
        ...(Object.fromEntries(env) as Record<string, string>),
      },
    });
    if (step.id !== undefined) scope.steps[step.id] = { outputs: outputsIn(readFileSync(output, 'utf8')) };
    if (code !== 0) scope.hasFailed = true;
    this.ran.push({ name, state: code === 0 ? 'success' : 'failure', output: text });
  }

  private expand(text: string, scope: Scope): string {
    return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
      this.evaluate(expression, scope).coerceString(),
    );
  }

  private evaluate(expression: string, { inputs, steps, hasFailed }: Scope): data.ExpressionData {
    const contexts = { github: this.github, inputs, steps };
    const states = { success: !hasFailed, failure: hasFailed, always: true, cancelled: false };
    const functions = Object.entries(states).map(([name, holds]) => ({
      ...{ name, minArgs: 0, maxArgs: 0 },
      call: () => new data.BooleanData(holds),
    }));
    const { tokens } = new Lexer(expression).lex();
    const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
    const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
    return new Evaluator(parsed, values, new Map(functions.map((one) => [one.name, one]))).evaluate();
  }

  private file(name: string): string {
    const path = join(this.temporary, name);
    writeFileSync(path, '');
    return path;
  }
}

/** Runs a program to its end. */
export function ended(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ code: number | null; text: string }> {
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}

function truthOf(value: data.ExpressionData): unknown {
  return value instanceof data.BooleanData ? value.value : value.coerceString();
}

function outputsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
