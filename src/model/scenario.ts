import { z } from 'zod';

const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'expected a duration such as 500ms, 10s or 2m');
const command = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .describe('a command line, or its words; {host} {port} {workers} {scratch} {cache} {node} are replaced');

/** How the values of one parameter or body field are made. */
const valueRuleSchema = z.union([
  z.strictObject({
    range: z
      .tuple([z.int(), z.int()])
      .refine(([from, to]) => from <= to, 'expected the lower end first')
      .describe('whole numbers from … to …, both included, spread evenly'),
  }),
  z.strictObject({ oneOf: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) }),
  z.union([z.string(), z.number(), z.boolean()]).describe('always this value'),
]);
export type ValueRule = z.infer<typeof valueRuleSchema>;

/** A scenario file: one API server and how to load it. Every key but `name` can stay away. */
export const scenarioSchema = z
  .strictObject({
    name: z.string().min(1),
    description: z.string().optional(),
    prepare: z
      .array(z.strictObject({ title: z.string(), command }))
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
              .startsWith('/')
              .optional()
              .describe('answers 2xx when the server is ready [spec]'),
            timeout: duration.default('30s'),
          })
          .prefault({}),
      })
      .optional()
      .describe('how to start the server; without it, --url or --command is needed'),
    spec: z
      .string()
      .default('/openapi.json')
      .describe('path on the server, URL or file of the OpenAPI document'),
    setup: z
      .array(z.string())
      .default([])
      .describe('operations sent once after each start: operationId or "POST /path"'),
    exclude: z.array(z.string()).default([]).describe('operations left out unless included by name'),
    values: z
      .record(z.string(), valueRuleSchema)
      .default({})
      .describe('by place and name: path.item_id, query.limit, header.x-tenant, body.name'),
    headers: z.record(z.string(), z.string()).default({}).describe('sent with every request'),
    load: z
      .strictObject({
        rates: z.array(z.number().positive()).min(1).optional(),
        duration: duration.optional(),
        workers: z.array(z.int().positive()).min(1).optional(),
        warmup: duration.optional(),
        timeout: duration.optional(),
        methods: z.array(z.string()).min(1).optional(),
      })
      .prefault({})
      .describe('defaults for the flags of the same names'),
  })
  .describe('A scenario of openapi-bench');
export type Scenario = z.infer<typeof scenarioSchema>;
