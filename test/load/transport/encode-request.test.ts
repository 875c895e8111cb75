import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRequest, encodeWithHoles, fillBytes } from '../../../src/load/transport/encode-request.js';
import { fillHoles, withHoles } from '../../../src/model/requests/holes.js';
import type { RequestBlueprint } from '../../../src/model/requests/request.js';

const built = (id: string): RequestBlueprint => ({
  method: 'PUT',
  path: `/é/${id}`,
  headers: ['x-key', `${id}-${id}`],
  body: `{"né":"${id}"}`,
});

test('the bytes of a request with its serial number are those of the request that is built with it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e14 }), fc.integer({ min: 1, max: 15 }), (serial, digits) => {
      const request = withHoles(built('1'.repeat(digits)), built('2'.repeat(digits)));
      const encoded = encodeWithHoles(request, 'host', true);
      const filled = fillBytes(encoded, serial);
      expect(filled.toString()).toBe(encodeRequest(fillHoles(request, serial), 'host', true).toString());
      // What has been handed to a socket is not written again.
      expect(fillBytes(encoded, serial + 1)).not.toBe(filled);
    }),
  );
});
