import { byProcessSchema } from './by-process.js';
import { probeCostsSchema } from './probe-costs.js';
import { subjectSchema } from './subject.js';
import { z } from 'zod';
import { answerCheckSchema } from '../requests/answer-check.js';
import { cellQuotasSchema } from './cpu-quota.js';
import { verdictSchema } from './verdict.js';
import { loadSchema } from '../loads/index.js';
import {
  bytesSchema,
  countsSchema,
  failuresSchema,
  latencyFiguresSchema,
  operationRecordSchema,
  statusCodesSchema,
} from './operation-record.js';
import { postgresDetailsSchema } from './database-details.js';
import { failedAnswerRecordSchema } from './failed-answer.js';
import { gaugeSummariesSchema } from './gauges.js';
import { resourceCaseSchema } from './resource-case.js';
import { spikeRecoverySchema } from './spike-recovery.js';
import { serviceDeathSchema } from './service.js';
import { targetDeathSchema } from './target-death.js';

const count = z.number().int().nonnegative();
const figure = z.number().nullable();

const closedEarlySchema = z.object({
  objective: z.string().describe('as it was asked for'),
  afterMs: z.number().describe('from the opening of the window: how long it was'),
  plannedMs: figure.describe('how long it would have been; null = until all requests had ended'),
});
export type ClosedEarly = z.infer<typeof closedEarlySchema>;

const recoverySchema = z.object({
  state: z.enum(['recovered', 'not-recovered', 'died']),
  waitedMs: z.number(),
  requests: z
    .array(z.object({ method: z.string(), path: z.string(), count }))
    .describe('sent to learn it, beside the load'),
});
export type Recovery = z.infer<typeof recoverySchema>;

export const cellRecordSchema = z.object({
  id: z.string(),
  workers: count,
  case: resourceCaseSchema
    .optional()
    .describe('what the target was allowed to use; left out where bench did not limit it'),
  repeat: count,
  subject: subjectSchema,
  load: loadSchema,
  window: z
    .object({
      durationMs: z.number().positive(),
      plannedRps: figure.describe(
        'counts.planned / duration: what a target that keeps up achieves; null = the load has no rate to reach',
      ),
    })
    .describe('the measured time'),
  expect: answerCheckSchema.optional().describe('what answers had to be; left out = a 2xx'),
  startedAt: z.iso.datetime(),
  counts: countsSchema,
  achievedRps: z
    .number()
    .describe(
      'successes / window where the target keeps up, else those completed in [s, s + window] / window, with s the lesser of their median response time and a tenth of the window; in results without keepsUp, those completed inside the window / window; of a closed loop always those',
    ),
  completedRps: z
    .number()
    .optional()
    .describe(
      'answers of any status that were completed in the window / window; left out in results of older versions',
    ),
  keepsUp: z
    .boolean()
    .nullable()
    .optional()
    .describe(
      'at least 98 % of the planned requests were answered in time, and the backlog did not grow; null = not known, or a closed loop, which asks less of a slower target; left out in results of older versions',
    ),
  backlog: z
    .object({
      earlyMean: z.number().describe('in the second fifth after the first median response time'),
      lateMean: z.number().describe('in the last fifth of the window'),
      growth: z.number().describe('between the two, less what the load itself makes of it'),
      allowedGrowth: z
        .number()
        .describe('the greater of 2 % of the requests planned between the two and 3·√lateMean'),
    })
    .nullable()
    .optional()
    .describe('requests that were due and had not ended; null = the window is too short to tell'),
  successRate: z.number().describe('succeeded / planned, 0 to 1'),
  statusCodes: statusCodesSchema,
  failures: failuresSchema,
  bytes: bytesSchema,
  failedAnswers: z
    .array(failedAnswerRecordSchema)
    .optional()
    .describe(
      'the first answer of each operation with each status that was not expected, and of each failed check, at most 50; left out where there is none, and in results of older versions',
    ),
  latencyMs: z.object({
    response: latencyFiguresSchema.describe('done − due: the headline'),
    service: latencyFiguresSchema.describe('done − sent'),
    sendLag: latencyFiguresSchema.describe("released − due: the generator's own lateness"),
    queueWait: latencyFiguresSchema.describe('sent − released: the wait for a free open connection'),
    succeeded: latencyFiguresSchema
      .optional()
      .describe('response time of the successes alone; left out in results of older versions'),
  }),
  histograms: z
    .object({
      response: z.string(),
      service: z.string(),
      sendLag: z.string(),
      queueWait: z.string(),
      responseCensored: z.string().describe('ages of the requests that never ended'),
      succeeded: z
        .string()
        .optional()
        .describe('response times of the successes; left out where all answers are successes: see response'),
    })
    .describe('HDR V2 base64, microseconds'),
  byOperation: z
    .array(operationRecordSchema)
    .optional()
    .describe(
      "of each operation, in the order of the subject; they add up to the figures of the cell. Left out where there is one operation: its figures are the cell's",
    ),
  withAllUsers: operationRecordSchema
    .omit({ expect: true })
    .extend({
      fromMs: z.number().describe('when the last of them had started, from the opening of the window'),
      achievedRps: z.number().describe('successes that came from then to the end of the window, a second'),
    })
    .optional()
    .describe(
      'of the requests that were due while all users were at work; left out where that is the whole window',
    ),
  gauges: gaugeSummariesSchema.describe(
    'what was looked at while the load ran, by id: target.cpu (100 = one core), target.memory (sum of RSS over the process tree; shared pages count for each process), target.memory.pss (sum of PSS: a page that n processes share counts once; looks before, after and, if cheap, in the window), target.processes, target.openFiles, target.threads, target.contextSwitches, target.cpu.throttled, host.cpu (100 = all cores), host.steal, host.memory, host.disk, and those of further probes. One that is not known is left out',
  ),
  cpuMsPerRequest: figure.describe('CPU time of the target, divided by the answers completed in the window'),
  gaugesMissing: z.record(z.string(), z.string()).optional().describe('why a gauge is not known, by its id'),
  gaugesPartly: z
    .record(z.string(), z.string())
    .optional()
    .describe('why a gauge was not known at some of the looks, by its id'),
  postgres: postgresDetailsSchema
    .optional()
    .describe('what PostgreSQL told at the close of the window; left out where it was not looked at'),
  cpuQuota: cellQuotasSchema
    .optional()
    .describe('quotas of cgroups, and what they did in the window; left out in results of older versions'),
  byProcess: byProcessSchema
    .optional()
    .describe(
      'what the processes of the target did each; left out where the system does not tell (Linux does), and in results of older versions',
    ),
  probes: probeCostsSchema
    .optional()
    .describe('what looking at the gauges cost, by probe; left out in results of older versions'),
  generator: z.object({
    client: z.enum(['wire', 'undici']),
    protocol: z
      .enum(['HTTP/1.1', 'HTTP/2'])
      .optional()
      .describe(
        'what the connections carried; left out in results of older versions, which knew HTTP/1.1 only',
      ),
    pacing: z.enum(['precise', 'relaxed']),
    realTime: z
      .literal(true)
      .optional()
      .describe('it ran before all else on its machine; left out = it did not'),
    threads: count,
    deaths: z.array(z.string()).describe('why generator threads ended before their time'),
    busyShare: z.number().describe('of the busiest thread in the window, 0 to 1; spinning is not counted'),
    cpuPercent: z.number().describe('of the generator processes in the window, 100 = one core'),
    memoryBytes: count.describe('resident memory of the generator processes at the end'),
    gcPauses: z
      .object({ count, totalMs: z.number(), maxMs: z.number() })
      .describe('garbage collections in the window'),
    gapErrorMs: z
      .object({ p50: figure, p99: figure, max: figure })
      .describe('|real − planned| gap between successive requests of a thread'),
    keepAlive: z.boolean().describe('whether a connection was to carry more than one request'),
    connectionsOpened: count,
    connectionsOpenedInWindow: count.describe('because all that stood were busy, or had been closed'),
    connectionEndsInWindow: z
      .object({
        byTarget: count.describe('on an idle connection, or with an answer'),
        byBench: count.describe(
          'idle for nearly as long as the target allows, more than the load needs, or with an answer that cannot be read',
        ),
        afterTimeout: count.describe('by bench, with a request on it that had timed out'),
      })
      .optional()
      .describe('who ended connections; left out in results of older versions'),
    connectionLimitReached: z.boolean(),
    longestQueue: count,
    released: count,
    lagHeavyTailShare: z
      .number()
      .describe('share of the slowest 1 % of the answers in which lag is over 1 ms and over a tenth'),
    hostCpuPercent: figure.describe('all cores together, 0 to 100'),
    stealPercent: figure,
  }),
  series: z.array(
    z.object({
      second: count,
      sent: count,
      succeeded: count,
      failed: count,
      p50Ms: figure,
      p99Ms: figure,
      inFlight: count.describe('sent and not ended at the end of the second'),
      gauges: z
        .record(z.string(), figure)
        .describe('mean of the looks of the second, by the id of the gauge; null without one'),
    }),
  ),
  spikeRecovery: spikeRecoverySchema
    .optional()
    .describe('left out where the load does not rise and come down again'),
  closedEarly: closedEarlySchema
    .optional()
    .describe('that the window was closed before its time, since an objective failed; left out = it was not'),
  memoryKills: count
    .optional()
    .describe('processes of the target that were killed at the memory limit of its case; left out = none'),
  serviceDeaths: z
    .array(serviceDeathSchema)
    .optional()
    .describe('databases beside the target that died in this cell and were started again; left out = none'),
  targetDeath: targetDeathSchema.optional().describe('left out when the target lived to the end of the cell'),
  verdict: verdictSchema.describe(
    'as first judged, by the version that measured the cell; reports judge anew',
  ),
  recovery: recoverySchema
    .optional()
    .describe(
      'whether the target recovered before the next cell; in results.json only, and not for the last cell before a stop',
    ),
});
export type CellRecord = z.infer<typeof cellRecordSchema>;

/** A cell before its judgement. */
export type UnjudgedCell = Omit<CellRecord, 'verdict'>;
