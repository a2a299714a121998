import { type FileHandle, mkdir, open } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { serializeTfRecord } from "../data/formats/tf-record.ts";
import type { Graph } from "../graph/graph.ts";
import { fileVersionEvent, graphEvent, startEvent, summaryEvent, type SummaryValue } from "./event-messages.ts";
import { namingFile } from "./system-error.ts";

/**
 * Writes an event file that TensorBoard reads: scalars, histograms, images, curves of precision over recall, the graph.
 * Each run, resumed ones too, writes a file of its own; TensorBoard reads all of a folder.
 */
export class EventWriter {
  readonly path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /**
   * @param folder made where it is missing.
   * @param firstStep of a run that begins (0) or goes on: steps done before. What earlier files say of later steps is then to
   * be forgotten; for which TensorBoard wants to have been told of the first beginning, too. Without it the file adds to a run.
   */
  static async open(folder: string, firstStep?: number): Promise<EventWriter> {
    await mkdir(folder, { recursive: true });
    const now = Date.now();
    // Files are read in the order of their names.
    const name = `events.out.tfevents.${(now / 1000).toFixed(3).padStart(14, "0")}.${hostname()}.${process.pid}`;
    const path = join(folder, name);
    const writer = new EventWriter(path, await open(path, "ax"));
    await writer.#write(fileVersionEvent(now / 1000));
    if (firstStep !== undefined) await writer.#write(startEvent({ wallTime: now / 1000, step: firstStep + 1 }));
    return writer;
  }

  /** Everything of one step, by tag: `train/loss`. */
  async summary(step: number, values: Readonly<Record<string, SummaryValue>>): Promise<void> {
    await this.#write(summaryEvent({ wallTime: Date.now() / 1000, step }, new Map(Object.entries(values))));
  }

  async graph(graph: Graph): Promise<void> {
    await this.#write(graphEvent({ wallTime: Date.now() / 1000, step: 0 }, graph));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /**
   * A record is written at once: a killed run leaves whole ones, but for the last.
   * @throws the system's error, naming the file: a full disk.
   */
  async #write(event: Uint8Array): Promise<void> {
    try {
      await this.#file.appendFile(serializeTfRecord(event));
    } catch (error) {
      throw namingFile(error, this.path);
    }
  }
}
