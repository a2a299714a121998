/** Runs one piece of work after the other: all sessions of a backend share one arena and one crew. */
export class RunQueue {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether nothing is running or waiting, so that work may be done at once. */
  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** Does `work` when everything before it has ended, well or not. */
  enqueue<T>(work: () => T | Promise<T>): Promise<T> {
    this.#waiting++;
    const result = this.isAlone ? start(work) : this.#last.then(work);
    const done = (): void => {
      this.#waiting--;
    };
    this.#last = result.then(done, done);
    return result;
  }

  private get isAlone(): boolean {
    return this.#waiting === 1;
  }
}

async function start<T>(work: () => T | Promise<T>): Promise<T> {
  return work();
}
