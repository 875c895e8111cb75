/*
 * Hot path: asked for every answer. Nothing is made for one of which nothing is kept.
 */
import { KeptAnswer, type Keeps } from './kept-answer.js';

const NOTHING: Keeps = { headers: false, body: false };

/** What a connection keeps of the answer that it reads. */
export class Keeping {
  /** Undefined when it is nothing. */
  answer: KeptAnswer | undefined;
  private readonly always: KeptAnswer | undefined;

  /** `isWanted`: whether an answer of this status is kept for people to read, beside what checks need. */
  constructor(
    keeps: Keeps | undefined,
    private readonly isWanted: (status: number) => boolean,
  ) {
    this.always = keeps && new KeptAnswer(keeps);
  }

  begin(): void {
    this.answer = this.always;
    if (this.always !== undefined) this.always.begin();
  }

  /** The status of the answer is known, and nothing else of it has been read. */
  noteStatus(status: number): void {
    // Those before 200 are no answers yet.
    if (status >= 200 && this.isWanted(status)) {
      this.answer ??= new KeptAnswer(NOTHING);
      this.answer.becomeExample();
    }
    if (this.answer !== undefined) this.answer.status = status;
  }
}
