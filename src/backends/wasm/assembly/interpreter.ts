/**
 * The tape interpreter: what every worker of the crew runs, and the host for plans too small to wake the crew for.
 *
 * A tape is a chain of records, one for each launch. Two ways to run it:
 *
 * - `runAlone`: one thread, records in order, tasks in order; no atomics.
 * - `joinRun`: every worker takes tasks of the current record from its ticket counter. Whoever finishes the record's
 *   last task moves the crew on. Nobody waits for a worker that took no task, so one that the system has put aside, or
 *   that is still waking up, holds nothing up.
 *
 * Which worker runs which task is left to chance; tasks write disjoint memory, so the result is not.
 */

/** One launch. Its arguments follow it. */
@unmanaged
export class Launch {
  /** Index of the kernel in the function table. */
  kernel: u32;
  /** Number of tasks, at least 1. */
  tasks: i32;
  /** Address of the next launch; 0 after the last one. */
  next: usize;
  /** Address of the launch's two counters, zero before each run with a crew: [tickets taken, tasks done]. */
  counters: usize;
  /** Where in the profile its two times go, in bytes. */
  times: usize;
  unused0: u32;
  unused1: u32;
  unused2: u32;
}

/** Bytes of a `Launch`. */
const ARGS: usize = 32;

/**
 * The control block, shared by the host and all workers. Words that different threads wait on lie in cache lines of
 * their own, 64 bytes apart. `control.ts` has the same offsets.
 */
/** Incremented and notified by the host to wake the crew. */
const WAKE: usize = 0;
/** Address of the launch being run; 0 when there is none. */
const POSITION: usize = 64;
/** Workers asleep on `POSITION`. */
const SLEEPERS: usize = 128;
/** Workers that may hold an address into the tape. */
const INSIDE: usize = 192;
/** 1 between the end of the last launch and the moment the last worker has left. */
const DRAINING: usize = 256;
/** Address of the profile, f64[launches][2]: begin and end, in milliseconds; 0 when nobody asked for one. */
const PROFILE: usize = 320;
/** How often to look at `POSITION` before sleeping. */
const PATIENCE: usize = 324;
/** Address of the first worker's scratch memory, and the bytes from one worker's to the next one's. */
const SCRATCH: usize = 328;
const SCRATCH_STRIDE: usize = 332;
/** Address of the launch begun last, for error messages. */
const LAST: usize = 384;

/** Milliseconds on a clock that all threads share. */
// @ts-ignore: decorator
@external("env", "now")
declare function now(): f64;

/** First byte that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}

/** The private memory of a worker. */
function scratchOf(control: usize, worker: i32): usize {
  return load<usize>(control, SCRATCH) + <usize>worker * load<usize>(control, SCRATCH_STRIDE);
}

/**
 * Runs a tape on this thread.
 * @param worker whose scratch memory to use.
 * @param first address of the first launch, or 0.
 */
export function runAlone(control: usize, worker: i32, first: usize): void {
  const profile = load<usize>(control, PROFILE);
  const scratch = scratchOf(control, worker);
  let launch = first;
  while (launch != 0) {
    runWhole(control, launch, scratch, profile);
    launch = changetype<Launch>(launch).next;
  }
}

/** Sleeps until the host wakes the crew again. @param seen the wake count that this worker knows. @returns the new one. */
export function awaitWake(control: usize, seen: i32): i32 {
  while (atomic.load<i32>(control, WAKE) == seen) atomic.wait<i32>(control + WAKE, seen, -1);
  return atomic.load<i32>(control, WAKE);
}

/** Takes part in the current run, if there is one. @returns 1 when this worker was the last to leave: the run has ended. */
export function joinRun(control: usize, worker: i32): i32 {
  atomic.add<i32>(control, 1, INSIDE);
  let launch = atomic.load<usize>(control, POSITION);
  const scratch = scratchOf(control, worker);
  while (launch != 0) {
    const done = runTasks(launch, scratch, load<usize>(control, PROFILE));
    launch = done ? advance(control, launch, scratch) : awaitNext(control, launch);
  }
  // Only who takes the count to zero can end the run; a worker that came too late finds DRAINING cleared.
  if (atomic.sub<i32>(control, 1, INSIDE) != 1) return 0;
  return <i32>(atomic.cmpxchg<i32>(control, 1, 0, DRAINING) == 1);
}

/** Runs tasks of a launch until none is left. @returns whether this worker finished the launch. */
function runTasks(launch: usize, scratch: usize, profile: usize): bool {
  const record = changetype<Launch>(launch);
  const counters = record.counters;
  const tasks = record.tasks;
  let mine = 0;
  for (;;) {
    const task = atomic.add<i32>(counters, 1);
    if (task >= tasks) break;
    if (task == 0 && profile != 0) store<f64>(profile + record.times, now());
    call_indirect<void>(record.kernel, launch + ARGS, task, scratch);
    mine++;
  }
  if (mine == 0 || atomic.add<i32>(counters, mine, 4) + mine != tasks) return false;
  if (profile != 0) store<f64>(profile + record.times, now(), 8);
  return true;
}

/** Moves the crew past a finished launch. @returns the next launch. */
function advance(control: usize, finished: usize, scratch: usize): usize {
  const profile = load<usize>(control, PROFILE);
  let launch = changetype<Launch>(finished).next;
  // A launch of one task needs nobody else: it costs no round of the crew.
  while (launch != 0 && changetype<Launch>(launch).tasks == 1) {
    runWhole(control, launch, scratch, profile);
    launch = changetype<Launch>(launch).next;
  }
  if (launch == 0) atomic.store<i32>(control, 1, DRAINING);
  store<usize>(control, launch, LAST);
  atomic.store<usize>(control, launch, POSITION);
  if (atomic.load<i32>(control, SLEEPERS) > 0) atomic.notify(control + POSITION, -1);
  return launch;
}

/** Waits, awake at first and then asleep, until the crew is past `launch`. @returns the next launch. */
function awaitNext(control: usize, launch: usize): usize {
  let next = atomic.load<usize>(control, POSITION);
  for (let patience = load<i32>(control, PATIENCE); patience > 0 && next == launch; patience--) {
    next = atomic.load<usize>(control, POSITION);
  }
  if (next != launch) return next;
  atomic.add<i32>(control, 1, SLEEPERS);
  while (next == launch) {
    atomic.wait<i32>(control + POSITION, <i32>launch, -1);
    next = atomic.load<usize>(control, POSITION);
  }
  atomic.sub<i32>(control, 1, SLEEPERS);
  return next;
}

/** Runs all tasks of a launch on this thread. */
function runWhole(control: usize, launch: usize, scratch: usize, profile: usize): void {
  store<usize>(control, launch, LAST);
  const record = changetype<Launch>(launch);
  const tasks = record.tasks;
  if (profile != 0) store<f64>(profile + record.times, now());
  for (let task = 0; task < tasks; task++) call_indirect<void>(record.kernel, launch + ARGS, task, scratch);
  if (profile != 0) store<f64>(profile + record.times, now(), 8);
}
