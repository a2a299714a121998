/**
 * The control block: the words by which the host and the workers deal with each other. Byte offsets as in
 * `assembly/interpreter.ts`, which says what each is for.
 */
export const CONTROL_BYTES = 448;
export const WAKE = 0;
export const POSITION = 64;
export const PROFILE = 320;
export const PATIENCE = 324;
export const SCRATCH = 328;
export const SCRATCH_STRIDE = 332;
export const LAST = 384;
