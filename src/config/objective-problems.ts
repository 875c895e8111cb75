import { isObject } from '../kernel/is-object.js';
import { place, valueAt, type LineOf } from './explain-issues.js';
import { readObjectives } from './read-objectives.js';

/**
 * What is wrong with the objectives of a scenario file, those of its profiles included, as sentences: a run with one
 * profile shows that another is misspelt.
 */
export function objectiveProblems(input: unknown, lineOf: LineOf): string[] {
  const profiles = valueAt(input, ['profiles']);
  const names = isObject(profiles) ? Object.keys(profiles) : [];
  const lists = [['objectives'], ...names.map((name) => ['profiles', name, 'objectives'])];
  return lists.flatMap((path) => {
    const texts = valueAt(input, path);
    // The schema says what is wrong with anything else.
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string' && text !== '')) return [];
    return readObjectives(texts).problems.map(
      ({ at, problem }) => `${place([...path, at], lineOf)}: ${problem}`,
    );
  });
}
