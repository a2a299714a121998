/** Results of up to `concurrency` tasks at once, in the order of the items. */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  concurrency: number,
  task: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for (const item of items) {
      const result = task(item);
      // Whoever comes to it gets the error.
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= concurrency) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    await Promise.allSettled(running);
  }
}
