import { BackendError, ValueError } from "../../core/errors.ts";
import { compileModule, tuneEngine } from "./platform.ts";

/**
 * The four builds of one source. `relaxed`: with fused multiply-add. `shared`: memory shared by worker threads; without
 * it everything runs on the caller's thread.
 */
export type Variant = "relaxed-shared" | "relaxed" | "plain-shared" | "plain";

/** Where each lies. Written out in full, so that bundlers see them. */
const binaries: Readonly<Record<Variant, () => URL>> = {
  "relaxed-shared": () => new URL("./binaries/relaxed-shared.wasm", import.meta.url),
  relaxed: () => new URL("./binaries/relaxed.wasm", import.meta.url),
  "plain-shared": () => new URL("./binaries/plain-shared.wasm", import.meta.url),
  plain: () => new URL("./binaries/plain.wasm", import.meta.url),
};

/** Names of all builds, fastest first. */
export const VARIANTS: readonly Variant[] = Object.keys(binaries) as Variant[];

/**
 * The fastest build that the platform can run, or the one that was asked for.
 * @throws ValueError when there is no build of this name. @throws BackendError when the platform cannot run it.
 */
export function chooseVariant(wanted?: Variant): Variant {
  tuneEngine();
  if (wanted !== undefined && !(wanted in binaries)) {
    throw new ValueError({
      problem: `wasm: there is no build "${wanted}".`,
      fix: `variant is one of ${VARIANTS.join(", ")}.`,
    });
  }
  const relaxed = hasRelaxedSimd();
  const shared = hasSharedMemory();
  const best: Variant = shared ? (relaxed ? "relaxed-shared" : "plain-shared") : relaxed ? "relaxed" : "plain";
  if (wanted === undefined) return best;
  if ((isRelaxed(wanted) && !relaxed) || (isShared(wanted) && !shared)) {
    throw new BackendError({
      problem: `wasm: this platform cannot run the build "${wanted}".`,
      operands: [
        { name: "relaxed SIMD", value: relaxed ? "yes" : "no" },
        { name: "shared memory", value: shared ? "yes" : "no", note: "in browsers it needs cross-origin isolation" },
      ],
      fix: `leave the variant out: "${best}" runs here.`,
    });
  }
  return wanted;
}

export function isShared(variant: Variant): boolean {
  return variant.endsWith("shared");
}

function isRelaxed(variant: Variant): boolean {
  return variant.startsWith("relaxed");
}

const modules = new Map<Variant, Promise<WebAssembly.Module>>();

/** The compiled module, compiled once in a process. @throws BackendError when it cannot be had. */
export function loadModule(variant: Variant): Promise<WebAssembly.Module> {
  let module = modules.get(variant);
  if (module === undefined) {
    module = compileModule(binaries[variant]()).catch((cause: unknown) => {
      modules.delete(variant);
      throw new BackendError({
        problem: `wasm: the kernels could not be loaded from ${binaries[variant]().href}.`,
        operands: [{ name: "reason", value: cause instanceof Error ? cause.message : String(cause) }],
        fix:
          "in a checkout run `npm run build:kernels`; with a bundler see that it copies .wasm files; for the " +
          'development server of Vite 7 and earlier set `optimizeDeps: { exclude: ["millrace"] }`.',
        cause,
      });
    });
    modules.set(variant, module);
  }
  return module;
}

/** Whether worker threads can share a WebAssembly memory here. */
function hasSharedMemory(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  // Browsers have it, but hand it to workers only in pages that are cross-origin isolated.
  if ("crossOriginIsolated" in globalThis && !globalThis.crossOriginIsolated) return false;
  return WebAssembly.validate(bytes(MEMORY_SHARED));
}

function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(bytes(RELAXED_MADD));
}

const HEADER = "0061736d01000000";

/** (module (memory 1 1 shared)) */
const MEMORY_SHARED = `${HEADER}0504010301 01`;

/** (module (func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))) */
const RELAXED_MADD = `${HEADER}0108 0160037b7b7b017b 0302 0100 0a0d 010b 00 2000 2001 2002 fd8502 0b`;

function bytes(hex: string): Uint8Array<ArrayBuffer> {
  const digits = hex.replaceAll(" ", "").match(/../g) ?? [];
  return Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16));
}
