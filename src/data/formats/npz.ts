import type { NDArray } from "../../core/ndarray.ts";
import { FormatError } from "../../core/errors.ts";
import { malformed, quoted } from "./malformed.ts";
import { parseNpy, serializeNpy } from "./npy.ts";
import { openZip, serializeZip } from "./zip.ts";

/**
 * Reads a .npz file, as `numpy.savez` and `numpy.savez_compressed` write it, into arrays by name.
 * @throws FormatError that names the array, when the file is damaged or holds anything but plain numbers.
 */
export async function readNpz(bytes: Uint8Array): Promise<Map<string, NDArray>> {
  const arrays = new Map<string, NDArray>();
  for (const member of openZip(bytes)) {
    if (!member.name.endsWith(".npy")) throw malformed("npz", `${quoted(member.name)} is no .npy file.`);
    const data = await member.read();
    try {
      arrays.set(member.name.slice(0, -4), parseNpy(data));
    } catch (cause) {
      if (!(cause instanceof FormatError)) throw cause;
      throw malformed("npz", `${quoted(member.name)}: ${cause.problem}`, {
        cause,
        ...(cause.fix !== undefined && { fix: cause.fix }),
      });
    }
  }
  return arrays;
}

/** A .npz file that `numpy.load` reads. `compress` deflates it; default: stored. */
export function serializeNpz(
  arrays: ReadonlyMap<string, NDArray>,
  options: { readonly compress?: boolean } = {},
): Promise<Uint8Array> {
  return serializeZip(new Map([...arrays].map(([name, array]) => [`${name}.npy`, serializeNpy(array)])), options);
}
