import * as tf from "millrace";
import { type BackendOptions, openBackend } from "../backend.ts";
import { buildNetwork, channelsOf } from "./network.ts";
import { RunFolder, type Settings } from "./settings.ts";

/** The network of a run, with its best weights. */
export interface LoadedClassifier extends AsyncDisposable {
  readonly session: tf.Session;
  readonly network: tf.models.Model;
  readonly settings: Settings;
  readonly classes: readonly string[];
  /** Of the weights. */
  readonly step: number;
}

/** @throws FormatError when there is no run in the folder, or nothing in it yet. */
export async function loadClassifier(folder: string, backend: BackendOptions): Promise<LoadedClassifier> {
  const { settings, classes, checkpoint } = await new RunFolder(folder).open();
  const graph = new tf.Graph();
  const { imageSize: size, model } = settings;
  const network = graph.asDefault(() => {
    const fed: tf.Tensor = tf.placeholder("float32", [null, size, size, channelsOf(model)], {
      name: "images",
    });
    return buildNetwork(settings, classes.length, { images: fed, training: false });
  });
  const session = new tf.Session({ graph, backend: openBackend(backend) });
  await tf.train.restoreNetwork(session, checkpoint.variables);
  return {
    session,
    network,
    settings,
    classes,
    // The best one's, or the newest's where the best is damaged.
    step: checkpoint.state.step,
    [Symbol.asyncDispose]: () => session.close(),
  };
}
