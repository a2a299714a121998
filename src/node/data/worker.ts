/** A thread that reads, augments and mixes pictures; see worker-pool.ts for its messages. */
import { parentPort, workerData } from "node:worker_threads";
import type { SourceDescription } from "../../data/image.ts";
import { produce } from "../../data/produce.ts";
import { mixHere } from "../../data/producer.ts";
import { openSource } from "../../data/sources.ts";
import { EncodedImages } from "./encoded-images.ts";
import { ImageFiles } from "./image-folder.ts";
import type { Answer, Request } from "./worker-pool.ts";

const source = openSource(workerData as SourceDescription, (description) => {
  if (description.type === "encoded") return new EncodedImages(description);
  return new ImageFiles(description.files, description.labels, [], description.decoding);
});

async function answer(request: Request): Promise<Answer> {
  const { id } = request;
  try {
    if (request.type === "produce") return { id, broken: await produce(source, request.recipe, request.job) };
    mixHere(request.batch, request.mix, request.seed);
    return { id, broken: [] };
  } catch (error) {
    return { id, error };
  }
}

// The pool sends the next request when this one is answered.
parentPort?.on("message", (request: Request) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
