import { getDefaultGraph } from "./graph.ts";
import type { Operation } from "./operation.ts";
import type { Tensor } from "./tensor.ts";

/** Prefixes the names of operations built by `build` in the default graph. See `Graph.nameScope`. */
export function nameScope<T>(name: string, build: (scope: string) => T): T {
  return getDefaultGraph().nameScope(name, build);
}

/** Operations that `build` adds to the default graph run after `inputs`. See `Graph.controlDependencies`. */
export function controlDependencies<T>(inputs: readonly (Operation | Tensor)[] | null, build: () => T): T {
  return getDefaultGraph().controlDependencies(inputs, build);
}
