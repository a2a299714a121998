/**
 * The control block: the words by which the host and the workers deal with each other. Byte offsets as in
 * `assembly/interpreter.ts`, which says what each is for.
 */
export const CONTROL_BYTES = 512;
export const WAKE = 0;
export const POSITION = 64;
export const FINISHED = 320;
export const PROFILE = 384;
export const PATIENCE = 388;
export const SCRATCH = 392;
export const SCRATCH_STRIDE = 396;
export const LAST = 448;
