import { type FileHandle, open, readFile } from "node:fs/promises";
import { namingFile } from "./system-error.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

/** One line of `metrics.jsonl`: a step's or an epoch's numbers. */
export interface MetricsRecord {
  readonly type: "step" | "epoch";
  readonly step: number;
  readonly [name: string]: unknown;
}

/** Numbers of a training run, a line of JSON each. */
export class MetricsLog {
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens the file to go on after a step: what a killed run wrote beyond its last checkpoint is dropped.
   * @param firstStep steps done before; 0 begins a new file.
   */
  static async open(path: string, firstStep: number): Promise<MetricsLog> {
    const kept = firstStep === 0 ? [] : (await readMetrics(path)).filter(({ step }) => step <= firstStep);
    await writeFileAtomically(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return new MetricsLog(path, await open(path, "a"));
  }

  /** @throws the system's error, naming the file: a full disk. */
  async write(record: MetricsRecord): Promise<void> {
    try {
      await this.#file.appendFile(`${JSON.stringify(record)}\n`);
    } catch (error) {
      throw namingFile(error, this.#path);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** All whole lines; none when there is no such file. */
export async function readMetrics(path: string): Promise<MetricsRecord[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line): MetricsRecord[] => {
    try {
      const record = JSON.parse(line) as MetricsRecord | null;
      return typeof record?.step === "number" ? [record] : [];
    } catch {
      // The last line of a killed run, or the end of the file.
      return [];
    }
  });
}
