import type { ServiceName } from '../../model/results/service.js';
import { postgres } from './postgres.js';
import { redis } from './redis.js';
import type { ServiceKind } from './service.js';

export const SERVICES: Readonly<Record<ServiceName, ServiceKind>> = { postgres, redis };
