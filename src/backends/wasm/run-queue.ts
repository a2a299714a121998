/** Does one piece of work after the other: all sessions of a backend share one arena and one crew. */
export class RunQueue {
  #last: Promise<unknown> = Promise.resolve();
  #pieces = 0;

  /** Whether nothing is running or waiting, so that work may be done at once. */
  get isIdle(): boolean {
    return this.#pieces === 0;
  }

  /** Does `work` when everything before it has ended, well or not: at once when the queue is idle. */
  enqueue<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.isIdle ? begin(work) : this.#last.then(work);
    this.#pieces++;
    const end = (): void => {
      this.#pieces--;
    };
    this.#last = result.then(end, end);
    return result;
  }
}

async function begin<T>(work: () => T | Promise<T>): Promise<T> {
  return work();
}
