import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';

interface Counts {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string | undefined }[];
}

/** Lists every skipped test with its reason, and makes `tests: 120 passed, 0 failed, 0 skipped` the last line. */
export class CountReporter implements Reporter {
  private summary: string | undefined;

  onInit(): void {
    // At exit, so that nothing vitest itself says comes after it.
    process.once('exit', () => {
      if (this.summary !== undefined) process.stdout.write(this.summary);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const counts: Counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) countModule(module, counts);
    this.summary = describe(counts);
    if (counts.passed + counts.failed === 0) process.exitCode = 1; // all filtered out or skipped: nothing was tested
  }
}

function countModule(module: TestModule, counts: Counts): void {
  counts.failed += ownFailures(module);
  for (const suite of module.children.allSuites()) counts.failed += ownFailures(suite);
  for (const test of module.children.allTests()) countTest(test, counts);
}

/** A file that does not load or a hook that throws fails the run without failing a test. */
function ownFailures(part: TestModule | TestSuite): number {
  return part.errors().length > 0 ? 1 : 0;
}

function countTest(test: TestCase, counts: Counts): void {
  const result = test.result();
  if (result.state === 'passed') counts.passed += 1;
  else if (result.state === 'skipped') {
    counts.skipped.push({ name: `${test.module.relativeModuleId} > ${test.fullName}`, reason: result.note });
  } else counts.failed += 1; // failed, or never finished
}

function describe({ passed, failed, skipped }: Counts): string {
  const lines = skipped.map(({ name, reason }) => `skipped: ${name}${reason ? ` (${reason})` : ''}\n`);
  return `\n${lines.join('')}tests: ${passed} passed, ${failed} failed, ${skipped.length} skipped\n`;
}
