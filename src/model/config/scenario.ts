import { z } from 'zod';
import { expectationSchema } from './expectation.js';
import { casesSchema } from './cases.js';
import { bodyModeSchema, headersSchema, operationRulesSchema, variantsSchema } from './operation-rules.js';
import { authSchema } from './auth.js';
import { csrfSchema } from './csrf.js';
import { durationAboveZero, durationText } from '../loads/duration-text.js';
import { idleLoadKeys } from '../loads/load-over.js';
import { PREFLIGHT_MODES } from '../results/preflight.js';
import { journeyKeys } from './journeys.js';
import { profilesSchema } from './profiles.js';
import { scenarioLoadSchema } from './scenario-load.js';
import { SERVICE_NAMES, type ServiceName } from '../results/service.js';
import { needsKey, servicesKey } from './services.js';
import { setupStepSchema } from './setup-step.js';
import { STOP_SIGNALS } from './stop-signals.js';
import { twinsKey } from './twins.js';
import { valueRuleSchema } from './value-rule.js';

const command = z
  .union(
    [z.string().min(1), z.array(z.string().min(1)).min(1)],
    'expected a command line, or a list of its words',
  )
  .describe('a command line, or its words; {host} {port} {workers} {scratch} {cache} {node} are replaced');

/** What may stand before every path. */
export const BASE_PATH = /^\/[^?#{}\s]*$/;

/** A scenario file: one API server and how to load it. Every key but `name` can stay away. */
export const scenarioSchema = z
  .strictObject({
    name: z.string().min(1).describe('a short name for tables and messages'),
    description: z.string().optional().describe('one sentence for people'),
    prepare: z
      .array(z.strictObject({ title: z.string().describe('shown while it runs'), command }))
      .default([])
      .describe('run before the first start, in this order, in the folder of this file'),
    start: z
      .strictObject({
        command,
        env: z.record(z.string(), z.string()).default({}).describe('added to the environment'),
        ready: z
          .strictObject({
            path: z
              .string()
              .regex(/^\//, 'expected a path that starts with /')
              .optional()
              .describe('answers 2xx when the server is ready [spec]'),
            timeout: durationAboveZero.default('30s').describe('for the server to become ready'),
          })
          .prefault({})
          .describe('when the server counts as started'),
        owner: z
          .enum(['target', 'any'], 'expected target or any')
          .default('target')
          .describe(
            'who may listen on the port: target = a process that bench started, any = any process (containers, other users) [target]',
          ),
      })
      .optional()
      .describe('how to start the server; without it, url, --url or --command is needed'),
    stop: z
      .strictObject({
        command: command
          .optional()
          .describe('run before the signal is sent, for example docker compose down'),
        signal: z
          .enum(STOP_SIGNALS, `expected ${STOP_SIGNALS.slice(0, -1).join(', ')} or ${STOP_SIGNALS.at(-1)}`)
          .default('SIGTERM')
          .describe('sent to the server to end it [SIGTERM]'),
        grace: durationText
          .default('3s')
          .describe(
            'time for the command, and then for the server after the signal, before it is killed [3s]',
          ),
      })
      .prefault({})
      .describe('how to end the server'),
    spec: z
      .string()
      .optional()
      .describe('path on the server, URL or file of the OpenAPI document [looked for on the server]'),
    url: z
      .string()
      .regex(/^https?:\/\/[^?#\s]+$/i, 'expected an address such as http://127.0.0.1:8000')
      .refine((text) => URL.canParse(text), 'expected an address such as http://127.0.0.1:8000')
      .optional()
      .describe(
        'a server that runs already, with its base path if there is one; used when nothing says how to start one',
      ),
    basePath: z
      .string()
      .regex(BASE_PATH, 'expected a path such as /api/v1, or / for none')
      .optional()
      .describe('stands before every path, in place of the path of the servers in the document'),
    services: servicesKey(command),
    probes: z
      .strictObject(
        Object.fromEntries(
          SERVICE_NAMES.map((name) => [name, z.string().min(1).describe('its URL').optional()]),
        ) as Record<ServiceName, z.ZodOptional<z.ZodString>>,
      )
      .default({})
      .describe(
        'databases that run already, to look at while the load runs; ${NAME} is taken from the environment',
      ),
    needs: needsKey,
    setup: z
      .array(setupStepSchema)
      .default([])
      .describe(
        'operations sent after each start, outside the measured time; what they make can be captured',
      ),
    ...journeyKeys,
    cleanup: z
      .array(z.string().min(1))
      .default([])
      .describe('operations sent after the last cell, once for each captured value'),
    preflight: z
      .enum(PREFLIGHT_MODES, 'expected off, warn or strict')
      .default('warn')
      .describe('ask each operation once before the load: off, warn, or strict (do not go on) [warn]'),
    chains: z
      .enum(['auto', 'off'], 'expected auto or off')
      .default('auto')
      .describe('take ids for paths from what the collections above them answer [auto]'),
    exclude: z.array(z.string()).default([]).describe('operations left out unless included by name'),
    values: z
      .record(z.string(), valueRuleSchema)
      .default({})
      .describe('by place and name: path.item_id, query.limit, header.x-tenant, body.name'),
    headers: headersSchema.default({}).describe('sent with every request'),
    body: bodyModeSchema.optional().describe('how much of an object body is sent [default]'),
    variants: variantsSchema.optional().describe('distinct requests for each operation [10]'),
    operations: operationRulesSchema
      .default({})
      .describe('by operationId, "METHOD /path", tag or *: what only some operations get; later ones count'),
    auth: authSchema
      .default({})
      .describe(
        'how to sign in, by scheme of the document, or * for every operation; ${NAME} is taken from the environment',
      ),
    csrf: csrfSchema
      .optional()
      .describe('a token that the server sets as a cookie and wants back in a header, with every request'),
    expect: z
      .record(z.string(), expectationSchema)
      .default({})
      .describe('what makes an answer a success, by operationId, "METHOD /path", tag or *'),
    objectives: z
      .array(z.string().min(1))
      .default([])
      .describe('what is good enough: "p95 < 300ms", "GET /items errors < 0.1%", "rps >= 500 at 50 users"'),
    twins: twinsKey,
    cases: casesSchema.default([]),
    load: scenarioLoadSchema.prefault({}).describe('defaults for the flags of the same names'),
    profiles: profilesSchema
      .default({})
      .describe('loads and objectives by name, for days of several kinds: bench run --profile NAME'),
  })
  .superRefine(({ load, profiles }, context) => {
    for (const [name, profile] of Object.entries(profiles))
      for (const { key, message } of idleLoadKeys(load, profile.load ?? {}))
        context.addIssue({ code: 'custom', path: ['profiles', name, 'load', key], message });
  })
  .describe('A scenario of openapi-bench');
export type Scenario = z.infer<typeof scenarioSchema>;
