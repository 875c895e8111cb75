import type { DocumentProblem } from '../../model/requests/document-problem.js';

const MOST = 1000;

/** Gathers what is wrong with a document, as far as anyone would read it. */
export class ProblemList {
  private readonly listed: DocumentProblem[] = [];
  private unlisted = 0;

  skip(where: string, message: string): void {
    this.add({ where, message, isSkipped: true });
  }

  repair(where: string, message: string): void {
    this.add({ where, message, isSkipped: false });
  }

  toList(): DocumentProblem[] {
    if (this.unlisted === 0) return this.listed;
    const message = `has ${this.unlisted} more problems, which are not listed`;
    return [...this.listed, { where: 'the document', message, isSkipped: false }];
  }

  private add(problem: DocumentProblem): void {
    if (this.listed.length < MOST) this.listed.push(problem);
    else this.unlisted += 1;
  }
}
