import { ClosedError } from "../../core/errors.ts";
import type { Backend, Device } from "../../runtime/backend.ts";
import type { ConvolutionAlgorithm } from "./algorithms.ts";
import { type Shared, WasmDevice } from "./device.ts";
import { Engine } from "./engine.ts";
import type { KernelTable } from "./launches.ts";
import { probeMachine } from "./probe.ts";
import type { Variant } from "./variant.ts";

export interface Settings {
  readonly threads: number;
  readonly variant: Variant;
  readonly memoryLimitBytes: number | undefined;
  readonly inlineBytes: number;
  readonly convolution?: ConvolutionAlgorithm | undefined;
}

/** The backend for one table of kernels; programs call `wasm()`, which brings the table. */
export class WasmBackend implements Backend {
  readonly name = "wasm";
  readonly #settings: Settings;
  readonly #table: KernelTable;
  readonly #forget: () => void;
  #shared: Promise<Shared> | null = null;
  #engine: Engine | null = null;
  #closed = false;

  constructor(settings: Settings, table: KernelTable, forget: () => void = () => {}) {
    this.#settings = settings;
    this.#table = table;
    this.#forget = forget;
  }

  /** Whether a thread died: nothing will run on it again. */
  get isBroken(): boolean {
    return this.#engine?.isBroken ?? false;
  }

  async open(): Promise<Device> {
    this.#requireOpen();
    this.#shared ??= this.#start().catch((error: unknown) => {
      this.#shared = null;
      throw error;
    });
    const shared = await this.#shared;
    this.#requireOpen();
    return new WasmDevice(shared);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#forget();
    // A backend that could not start has nothing to close.
    const shared = await this.#shared?.catch(() => null);
    await shared?.engine.close();
  }

  async #start(): Promise<Shared> {
    const { inlineBytes, convolution } = this.#settings;
    const engine = await Engine.start(this.#settings);
    this.#engine = engine;
    return { engine, table: this.#table, machine: probeMachine(engine, this.#table), inlineBytes, convolution };
  }

  #requireOpen(): void {
    if (this.#closed) throw new ClosedError({ problem: "the wasm backend is closed.", fix: "make a new backend." });
  }
}
