import type { Schedule } from '../../src/model/loads/schedule.js';

/** All due times of a schedule, read until it says that it is over. */
export function duesOf(schedule: Schedule): number[] {
  const dues: number[] = [];
  for (let due = schedule.dueAtUs(0); due !== undefined; due = schedule.dueAtUs(dues.length)) dues.push(due);
  return dues;
}
