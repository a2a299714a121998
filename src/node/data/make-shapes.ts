import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ValueError } from "../../core/errors.ts";
import { shapeClasses, shapes } from "../../data/shapes/index.ts";
import { namingFile } from "../system-error.ts";
import { encodeImage } from "./encode.ts";
import { inOrder } from "./in-order.ts";

export interface MakeShapesOptions {
  /** Height and width; default 96. */
  readonly size?: number;
  /** Pictures of each class to train on; default 200. */
  readonly train?: number;
  /** Default 50. */
  readonly validation?: number;
  /** Default 50. */
  readonly test?: number;
  readonly seed?: number;
  /** Default jpeg. */
  readonly format?: "png" | "jpeg";
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops it; what was written is removed. */
  readonly signal?: AbortSignal;
}

/**
 * Writes a folder of generated pictures, `train/circle/000001.jpg` and so on, with `val` and `test` beside `train`. The same
 * options give the same files. They appear when all are written.
 *
 * @returns how many pictures it wrote.
 * @throws ValueError when the folder is there and not empty. @throws the signal's reason.
 */
export async function makeShapes(folder: string, options: MakeShapesOptions = {}): Promise<number> {
  const { size = 96, train = 200, validation = 50, test = 50, seed = 0, format = "jpeg" } = options;
  const target = resolve(folder);
  await requireEmpty(target);
  const classes = shapeClasses.length;
  const parts = [
    { name: "train", count: train * classes },
    { name: "val", count: validation * classes },
    { name: "test", count: test * classes },
  ];
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const source = shapes({ size, count: total, seed });
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    const files: { index: number; path: string }[] = [];
    for (const { name, count } of parts) {
      for (const className of count > 0 ? shapeClasses : [])
        await mkdir(join(temporary, name, className), { recursive: true });
      for (let made = 0; made < count; made++) {
        const path = join(
          temporary,
          name,
          shapeClasses[made % classes]!,
          `${String(Math.floor(made / classes) + 1).padStart(6, "0")}.${format === "png" ? "png" : "jpg"}`,
        );
        files.push({ index: files.length, path });
      }
    }
    let done = 0;
    const written = inOrder(files, availableParallelism() + 1, async ({ index, path }) => {
      await writeFile(path, await encodeImage(await source.get(index), { format }));
    });
    for await (const _ of written) {
      options.signal?.throwIfAborted();
      options.onProgress?.(++done, total);
    }
    await rmdir(target).catch(() => undefined);
    await rename(temporary, target);
    return total;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw namingFile(error, folder);
  }
}

async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") return [""];
    throw error;
  });
  if (entries.length === 0) return;
  throw new ValueError({
    problem: `make-dataset: ${folder} is there already, and is no empty folder.`,
    fix: "name another folder, or remove it first.",
  });
}
