import type { CallSite } from "./call-site.ts";
import type { Graph } from "./graph.ts";
import type { OpDef, TensorSpec } from "./op-def.ts";
import { Tensor } from "./tensor.ts";

/** A node of a graph: an op applied to tensors. Immutable. Fetching one runs it for its effect and yields `null`. */
export class Operation {
  readonly graph: Graph;
  /** Position in the graph's order of creation; inputs always have smaller ids. */
  readonly id: number;
  /** Unique in the graph, scopes joined by slashes: `alexnet/conv2/Conv2D`. */
  readonly name: string;
  readonly def: OpDef;
  readonly inputs: readonly Tensor[];
  /** Operations that must run before this one although no value flows. */
  readonly controlInputs: readonly Operation[];
  readonly attrs: object;
  readonly outputs: readonly Tensor[];
  readonly #site: CallSite;

  constructor(details: {
    graph: Graph;
    id: number;
    name: string;
    def: OpDef;
    inputs: readonly Tensor[];
    controlInputs: readonly Operation[];
    attrs: object;
    outputs: readonly TensorSpec[];
    site: CallSite;
  }) {
    this.graph = details.graph;
    this.id = details.id;
    this.name = details.name;
    this.def = details.def;
    this.inputs = details.inputs;
    this.controlInputs = details.controlInputs;
    this.attrs = details.attrs;
    this.outputs = details.outputs.map(({ shape, dtype }, index) => {
      return new Tensor(this, index, Object.freeze(shape), dtype);
    });
    this.#site = details.site;
  }

  /** The op's type, `Conv2D`. */
  get type(): string {
    return this.def.name;
  }

  /** The user's line that built this, `examples/alexnet.ts:31`, where the platform tells. */
  get site(): string | undefined {
    return this.#site.line;
  }

  toString(): string {
    return `Operation("${this.name}", type=${this.type})`;
  }
}
