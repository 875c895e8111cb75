import { OpenLoop } from '../../src/load/drivers/open-loop.js';
import { evenArrivals } from '../../src/model/loads/even-arrivals.js';
import type { RequestBlueprint, RequestSource } from '../../src/model/requests/request.js';
import type { Sample } from '../../src/model/generation/sample.js';
import type { Schedule } from '../../src/model/loads/schedule.js';
import { FakeClock } from './fake-clock.js';
import { fakePacer } from './fake-pacer.js';
import { FakeTransport, type FakeTransportOptions } from './fake-transport.js';

const BLUEPRINT: RequestBlueprint = { method: 'POST', path: '/', headers: [], body: 'né' };

/** The same request each time. */
export const ONE_REQUEST: RequestSource = {
  blueprintAt: () => BLUEPRINT,
  serialAt: (index) => index,
  operationAt: () => 0,
};

export interface VirtualRun extends FakeTransportOptions {
  readonly schedule?: Schedule;
  readonly timeoutMs?: number;
  readonly maxQueue?: number;
  readonly latenessUs?: () => number;
  readonly onSample?: (sample: Sample) => void;
}

/** An open loop on a fake clock and fake connections, 10 requests 100 ms apart unless told otherwise. */
export function virtualOpenLoop(run: VirtualRun) {
  const clock = new FakeClock();
  const transport = new FakeTransport(clock, run);
  const samples: Sample[] = [];
  const schedule = run.schedule ?? evenArrivals(10, 1000);
  const loop = new OpenLoop({
    clock,
    pacer: fakePacer(clock, run.latenessUs),
    schedule,
    source: ONE_REQUEST,
    checks: [{ isExpected: (status) => status === 200, findFault: undefined }],
    transport,
    openConnections: run.open ?? 0,
    timeoutUs: (run.timeoutMs ?? 1000) * 1000,
    maxQueue: run.maxQueue ?? 1000,
    onReleased: () => {},
    onSample(sample) {
      samples.push({ ...sample });
      run.onSample?.(sample);
    },
  });
  let finished = false;
  void loop.run(0).then(() => {
    finished = true;
  });
  return {
    clock,
    transport,
    loop,
    samples,
    schedule,
    /** Whether the run has resolved. */
    hasFinished: async (): Promise<boolean> => {
      await Promise.resolve();
      return finished;
    },
  };
}
