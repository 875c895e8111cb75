import { expect, test } from 'vitest';
import { mayEndService } from '../../../src/openapi/selection/ends-service.js';

test.each<[string, boolean]>([
  ['POST /api/admin/maintenance', true],
  ['PUT /maintenance-mode', true],
  ['PATCH /settings/readOnly', true],
  ['POST /actuator/shutdown', true],
  ['GET /shutdown', true],
  ['POST /system/restart', true],
  ['POST /factory_reset', true],
  ['GET /api/admin/maintenance', false],
  ['DELETE /maintenance', false],
  ['POST /containers/{id}/restart', false],
  ['POST /maintenance/windows', false],
  ['POST /restarts', false],
  ['POST /items', false],
])('%s: %s', (operation, expected) => {
  const [method = '', path = ''] = operation.split(' ');
  expect(mayEndService({ method, path, id: 'an_operation' })).toBe(expected);
});

test('the operationId tells, too', () => {
  expect(mayEndService({ method: 'POST', path: '/mode', id: 'toggleMaintenance' })).toBe(true);
  expect(mayEndService({ method: 'POST', path: '/system', id: 'restartServer' })).toBe(true);
  expect(mayEndService({ method: 'POST', path: '/plans', id: 'createMaintenancePlan' })).toBe(false);
});
