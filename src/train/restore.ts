import { GraphError } from "../core/errors.ts";
import type { NDArray } from "../core/ndarray.ts";
import { formatShape } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import { globalVariables, type Variable } from "../ops/index.ts";
import type { Session } from "../runtime/session.ts";
import { serializeSafetensors, parseSafetensors } from "../data/formats/safetensors.ts";
import { trainedValue } from "./average.ts";

/**
 * Gives a network that is built for use the weights of a checkpoint: where training kept moving averages, those.
 * The network is built in a graph of its own, by the same functions as for training.
 * @throws GraphError when the checkpoint lacks one of its variables.
 */
export async function restoreNetwork(session: Session, variables: ReadonlyMap<string, NDArray>): Promise<void> {
  const values = globalVariables(session.graph).map((variable) => {
    const { name } = variable.op;
    return [name, trainedValue(variables, name), variable] as const;
  });
  const missing = values.filter(([, value]) => value === undefined);
  if (missing.length > 0) throw lacking(missing.map(([, , variable]) => variable));
  const found = values.flatMap(([name, value]): [string, NDArray][] => (value === undefined ? [] : [[name, value]]));
  await session.importState({ variables: new Map(found) });
}

/** Which variables a `Saver` saves. */
export interface SaverOptions {
  /** Default: all of the graph at the time of the call. */
  readonly variables?: readonly Variable[];
}

/**
 * Variables of a session as the bytes of a safetensors file, and back. `millrace/node` has `saveSession` and
 * `restoreSession`, which write and read files.
 */
export class Saver {
  readonly #variables: readonly Variable[] | null;

  constructor(options: SaverOptions = {}) {
    this.#variables = options.variables ?? null;
  }

  /** @throws UninitializedError when one of them has no value. */
  async save(session: Session): Promise<Uint8Array> {
    const variables = this.#of(session.graph);
    const values = await session.run(variables);
    return serializeSafetensors(new Map(variables.map(({ op }, index) => [op.name, values[index] as NDArray])));
  }

  /**
   * Variables that are not saved keep what they have; what random operations draw next is not
   * changed. @throws FormatError, GraphError when the bytes are no such file, or lack a variable.
   */
  async restore(session: Session, bytes: Uint8Array): Promise<void> {
    const { tensors } = parseSafetensors(bytes);
    const variables = this.#of(session.graph);
    const missing = variables.filter(({ op }) => !tensors.has(op.name));
    if (missing.length > 0) throw lacking(missing);
    await session.importState({ variables: new Map(variables.map(({ op }) => [op.name, tensors.get(op.name)!])) });
  }

  #of(graph: Graph): readonly Variable[] {
    return this.#variables ?? globalVariables(graph);
  }
}

function lacking(variables: readonly Variable[]): GraphError {
  return new GraphError({
    problem: "the checkpoint lacks variables of this graph.",
    operands: variables.map(({ op, shape }) => ({ name: op.name, value: formatShape(shape), note: "missing" })),
    fix: "build the network with the options it was trained with.",
  });
}
