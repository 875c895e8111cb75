import { describe, expect, it } from 'vitest';
import { latencyFigures } from '../../src/measure/latency.js';
import { stamps } from '../../src/measure/stamps.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { sample } from '../support/samples.js';

function figures(one: Sample) {
  const collector = stamps.create();
  collector.add(one);
  const { response, service, sendLag, queueWait } = collector.snapshot();
  const brief = (latency: typeof response): string => {
    const { max, censored } = latencyFigures(latency);
    return max === null ? 'nothing' : `${censored > 0 ? '≥ ' : ''}${max}`;
  };
  return {
    response: brief(response),
    service: brief(service),
    sendLag: brief(sendLag),
    queueWait: brief(queueWait),
  };
}

const reached = { dueUs: 1000, releasedUs: 3000, sentUs: 7000, doneUs: 15_000 };

describe('stamps', () => {
  it('observes all four durations of an answer, of whatever status', () => {
    const all = { response: '14', service: '8', sendLag: '2', queueWait: '4' };

    expect(figures(sample(reached))).toEqual(all);
    expect(figures(sample({ ...reached, outcome: 'wrong-status', status: 500 }))).toEqual(all);
  });

  it.each(['network-failure', 'timed-out'] as const)(
    'censors response and service of %s at its age',
    (outcome) => {
      expect(figures(sample({ ...reached, outcome }))).toEqual({
        response: '≥ 14',
        service: '≥ 8',
        sendLag: '2',
        queueWait: '4',
      });
    },
  );

  it('censors the wait of what was never sent, and says nothing of its service', () => {
    expect(figures(sample({ ...reached, sentUs: Number.NaN, outcome: 'timed-out' }))).toEqual({
      response: '≥ 14',
      service: 'nothing',
      sendLag: '2',
      queueWait: '≥ 12',
    });
  });

  it('censors the lag of what was never released', () => {
    const never = { ...reached, releasedUs: Number.NaN, sentUs: Number.NaN, outcome: 'unfinished' } as const;

    expect(figures(sample(never))).toEqual({
      response: '≥ 14',
      service: 'nothing',
      sendLag: '≥ 14',
      queueWait: 'nothing',
    });
  });
});
