import type { ConcreteShape } from "../../core/shape.ts";
import type { OpOptions } from "./define-op.ts";
import type { SeedPair } from "../random-seed.ts";
import { requireValue, requireList } from "./requirements.ts";

/** What all random sources know. */
export interface RandomAttrs {
  readonly shape: ConcreteShape;
  readonly seed: SeedPair;
}

export interface RandomOptions extends OpOptions {
  /** Seed of this op, see `setRandomSeed`; default: from its place in the graph. */
  readonly seed?: number | undefined;
}

/** Throws unless the shape is one of numbers, 0 or more. */
export function requireRandomShape(shape: ConcreteShape): void {
  requireList("shape", shape, "a shape is a list of integers, 0 or more.");
  requireValue(
    shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0),
    `shape is [${shape.join(", ")}].`,
    "a shape is a list of integers, 0 or more.",
  );
}
