import type * as tf from "millrace";

/**
 * Batches in stretches of equally many, whatever the size of the data set: networks that learn from few images and from
 * many are measured after equally many steps. `tf.train.fit` takes each stretch for an epoch.
 *
 * @param batches that drop the remainder, so that all are of one size.
 */
export function stretchesOf(batches: tf.data.ImageBatches, length: number): tf.train.BatchSource {
  const { batchesPerEpoch, batchSize, imageShape, classes } = batches;
  let done = 0;
  const state = (): tf.train.BatchPosition => ({ epoch: Math.floor(done / length), position: done % length });
  return {
    batchesPerEpoch: length,
    imageShape,
    classes,
    state,
    restore({ epoch, position }) {
      done = epoch * length + position;
      batches.restore({
        epoch: Math.floor(done / batchesPerEpoch),
        position: (done % batchesPerEpoch) * batchSize,
      });
    },
    async *[Symbol.asyncIterator]() {
      const { epoch } = state();
      while (state().epoch === epoch) {
        const batch = await batches.next();
        // Pictures in memory are never broken: there is always a next batch.
        if (batch === null) return;
        done++;
        yield batch;
      }
    },
  };
}
