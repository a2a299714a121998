import { ELEMENTS_PER_TASK } from "./kernel.ts";

/** How rows of `length` elements are shared out: enough rows a task to be worth it, by the shape alone. */
export function rowTasks(rows: number, length: number): { readonly tasks: number; readonly rowsPerTask: number } {
  const rowsPerTask = Math.max(1, Math.floor(ELEMENTS_PER_TASK / Math.max(1, length)));
  return { tasks: Math.ceil(rows / rowsPerTask), rowsPerTask };
}
