import { z } from 'zod';

const token = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected a name such as x-csrftoken');

/** A token that the target sets as a cookie and wants back in a header as well ("double submit"). */
export const csrfSchema = z.strictObject({
  cookie: token.describe('the cookie that holds the token, such as csrftoken'),
  header: token.describe('the header that wants it back, such as x-csrftoken'),
  from: z
    .string()
    .regex(/^\//, 'expected a path that starts with /')
    .optional()
    .describe('a page that sets the cookie [the first GET without ids]'),
});
export type CsrfConfig = z.infer<typeof csrfSchema>;
