import { z } from 'zod';
import { coresInWords } from '../../kernel/format.js';
import { bytesInWords, parseBytes } from '../../kernel/units.js';
import type { CaseLimits } from '../results/resource-case.js';

/** The kernel grants no less than a millisecond of each period of 100 ms. */
const LEAST_CORES = 0.01;
const MOST_CORES = 4096;
const EXPECTED_CPU = `expected cores, such as 2 or 0.5, from ${LEAST_CORES} to ${MOST_CORES}`;
const EXPECTED_MEMORY = 'expected a size with its unit, from 1MiB, such as 256MiB or 1.5GiB';
const LEAST_BYTES = 1024 * 1024;

const caseEntrySchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(60, 'expected at most 60 characters')
      .regex(/^\P{Cc}*$/u, 'expected a name on one line')
      .optional()
      .describe('for tables and --case [made of its limits]'),
    cpu: z
      .number(EXPECTED_CPU)
      .min(LEAST_CORES, EXPECTED_CPU)
      .max(MOST_CORES, EXPECTED_CPU)
      .optional()
      .describe('cores that all its processes may use together: 2, 0.5 [not limited]'),
    memory: z
      .string(EXPECTED_MEMORY)
      .refine((text) => (parseBytes(text) ?? 0) >= LEAST_BYTES, EXPECTED_MEMORY)
      .optional()
      .describe('memory of all its processes together: 512MiB, 1.5GiB [not limited]'),
  })
  .refine(({ cpu, memory }) => cpu !== undefined || memory !== undefined, {
    message: 'expected a limit: cpu, memory or both',
    // Beside a misspelt key it would say the same again.
    when: ({ issues }) => issues.length === 0,
  });
type CaseEntry = z.infer<typeof caseEntrySchema>;

export const casesSchema = z
  .array(caseEntrySchema)
  .superRefine((entries, context) => {
    const cases = entries.map(caseOf);
    cases.forEach((one, at) => {
      const twin = cases.slice(0, at).find((other) => other.name === one.name || hasLimitsOf(other, one));
      if (twin === undefined) return;
      const [path, what] =
        twin.name === one.name && entries[at]?.name !== undefined ? [['name'], 'a name'] : [[], 'limits'];
      const message = `expected ${what} of its own, not ${what === 'limits' ? 'those' : 'that'} of case ${cases.indexOf(twin) + 1} (${twin.name})`;
      context.addIssue({ code: 'custom', path: [at, ...path], message });
    });
  })
  .describe(
    'what the server may use, one case after another: its cores and its memory; reports compare them. Linux',
  );

/** An entry of `cases:` as it is run. */
export function caseOf({ name, cpu, memory }: CaseEntry): CaseLimits {
  const limits = {
    cpuCores: cpu ?? null,
    memoryBytes: memory === undefined ? null : (parseBytes(memory) ?? null),
  };
  return { name: name ?? nameOf(limits), ...limits };
}

/** `cpu 0.5, memory 256 MiB`. */
function nameOf({ cpuCores, memoryBytes }: Omit<CaseLimits, 'name'>): string {
  return [
    ...(cpuCores === null ? [] : [`cpu ${coresInWords(cpuCores).split(' ')[0]}`]),
    ...(memoryBytes === null ? [] : [`memory ${bytesInWords(memoryBytes)}`]),
  ].join(', ');
}

function hasLimitsOf(one: CaseLimits, other: CaseLimits): boolean {
  return one.cpuCores === other.cpuCores && one.memoryBytes === other.memoryBytes;
}
