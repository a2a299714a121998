/** How a page fared while something ran. Times in milliseconds. */
export interface Watched {
  readonly duration: number;
  /** Turns of the event loop, and frames the page could draw. */
  readonly turns: number;
  readonly frames: number;
  /** Longest time from one turn to the next. */
  readonly longestPause: number;
}

/** Runs something and meanwhile counts what else the main thread came to do. */
export async function watchEventLoop(run: () => Promise<unknown>): Promise<Watched> {
  const start = performance.now();
  const turns = [start];
  let frames = 0;
  let ended = false;
  const turn = (): void => {
    if (ended) return;
    turns.push(performance.now());
    setTimeout(turn);
  };
  const frame = (): void => {
    if (ended) return;
    frames++;
    requestAnimationFrame(frame);
  };
  setTimeout(turn);
  requestAnimationFrame(frame);
  await run();
  ended = true;
  const end = performance.now();
  const pauses = [...turns, end].map((time, index, all) => time - (all[index - 1] ?? start));
  return { duration: end - start, turns: turns.length - 1, frames, longestPause: Math.max(...pauses) };
}
