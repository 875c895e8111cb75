import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ContainerService } from '../../../src/target/services/container.js';
import { SERVICES } from '../../../src/target/services/index.js';
import { requireProgram } from '../../support/optional-programs.js';

let folder = '';
const pathBefore = process.env['PATH'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'container-'));
});
afterEach(() => {
  process.env['PATH'] = pathBefore;
  rmSync(folder, { recursive: true });
});

const place = () => ({ folder, port: 6001, password: 'open-sesame', user: null });
const compose = { words: ['docker', 'compose'], engine: '28.2' };

/** A docker that has this image, or has it not. */
function fakeDocker(code: number): void {
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\nexit ${code}\n`);
  chmodSync(join(folder, 'docker'), 0o755);
  process.env['PATH'] = [folder, pathBefore].join(delimiter);
}

describe.each(Object.values(SERVICES))('$title in a container', (kind) => {
  test('has a file that Compose takes, a port on loopback alone, and its password in a file for one user', async ({
    skip,
  }) => {
    const program = requireProgram('docker-compose', skip);
    fakeDocker(0);
    const service = new ContainerService(kind, compose);
    expect(await service.prepare(place())).toBeNull();
    const { words, stop } = await service.start(place());
    const file = join(folder, 'compose.yaml');
    const text = readFileSync(file, 'utf8');
    expect([...words, ...(stop.words ?? []), text].join(' ')).not.toContain('open-sesame');
    expect(statSync(join(folder, 'service.env')).mode & 0o777).toBe(0o600);
    const told = execFileSync(program, ['--file', file, 'config'], { encoding: 'utf8' });
    const config = parse(told) as {
      services: Record<string, { image: string; ports: unknown[]; environment: object }>;
    };
    expect(config.services[kind.name]).toMatchObject({ image: kind.container.image });
    expect(JSON.stringify(config.services[kind.name]?.ports)).toContain('127.0.0.1');
    expect(Object.values(config.services[kind.name]?.environment ?? {})).toContain('open-sesame');
  });

  test('is fetched where the image is not there, and taken down with its data last, in any hurry', async () => {
    fakeDocker(1);
    const service = new ContainerService(kind, compose);
    expect((await service.prepare(place()))?.words).toEqual(['docker', 'pull', kind.container.image]);
    const { words, stop } = await service.start(place());
    expect(words.slice(0, 2)).toEqual(['docker', 'compose']);
    expect(words).toContain('up');
    expect(stop.words?.slice(-4)).toEqual(['down', '--volumes', '--timeout', '5']);
    expect(stop.wordsLast).toBe(true);
    const project = words[words.indexOf('--project-name') + 1];
    expect(stop.words).toContain(project);
    // Of another run of bench it is another one.
    const other = await new ContainerService(kind, compose).start(place());
    expect(other.words).not.toContain(project);
  });
});

test('the compose file of a shipped scenario is one that Compose takes', ({ skip }) => {
  const program = requireProgram('docker-compose', skip);
  const document = parse(readFileSync('scenarios/notes-postgres/compose.yaml', 'utf8')) as { name?: string };
  // Of the whole only this key is younger than docker-compose 1.
  delete document.name;
  const cwd = resolve('scenarios/notes-postgres');
  const input = JSON.stringify(document);
  const told = execFileSync(program, ['--file', '-', 'config'], { cwd, input, encoding: 'utf8' });
  expect(Object.keys((parse(told) as { services: object }).services)).toEqual(['api', 'database']);
});
