import { expect, test } from 'vitest';
import { shortName, shortProcessName } from '../../src/observe/short-process-name.js';

test.each([
  [['/usr/bin/node', '/srv/app/server.js', '--token', 'secret'], 'node server.js'],
  [['/srv/venv/bin/python3', '/srv/venv/bin/uvicorn', 'app:app'], 'python3 uvicorn'],
  [['python', '-m', 'gunicorn', 'app:app'], 'python gunicorn'],
  [['python', '-c', 'from multiprocessing.spawn import spawn_main'], 'python'],
  [['gunicorn: worker [app]'], 'gunicorn: worker [app]'],
  [['nginx: master process /usr/sbin/nginx -c /etc/nginx.conf'], 'nginx: master process'],
  [['java', '-jar', '/srv/api.jar'], 'java'],
  [[], 'unknown'],
])('%j is %s', (words, name) => {
  expect(shortName(words.map((word) => `${word}\0`).join(''))).toBe(name);
});

test.runIf(process.platform === 'linux')('names this process', () => {
  expect(shortProcessName(process.pid)).toMatch(/^node/);
});
