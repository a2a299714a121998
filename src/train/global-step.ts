import { getDefaultGraph, type Graph } from "../graph/graph.ts";
import { constant, GLOBAL_STEP, variable, type Variable } from "../ops/index.ts";

/** The graph's step counter, an int32 variable `global_step`; made at the first call. Pass it to `minimize`. */
export function getOrCreateGlobalStep(graph: Graph = getDefaultGraph()): Variable<[], "int32"> {
  const [known] = graph.getCollection(GLOBAL_STEP) as readonly Variable<[], "int32">[];
  if (known !== undefined) return known;
  return graph.asDefault(() =>
    graph.nameScope("", () => {
      const step = variable(constant(0, { dtype: "int32", shape: [] }), { name: "global_step", trainable: false });
      graph.addToCollection(GLOBAL_STEP, step);
      return step;
    }),
  );
}
