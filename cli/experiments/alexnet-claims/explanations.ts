/** Why a statement holds, does not, or stays undecided here: from the numbers, and from what is known. */
import { percent } from "../../terminal/format.ts";
import type { Verdict } from "../verdict.ts";
import type { ArmSummary, Finding, StatementId } from "./claims.ts";
import type { Config } from "./config.ts";

/** The arm of a statement, what it is compared with, and the settings. */
interface Context {
  readonly own: ArmSummary;
  readonly other: ArmSummary;
  readonly config: Config;
}

type Reason = (context: Context) => string;

type Found = Omit<Finding, "why">;

/** Who gives reasons for which verdict; undecided ones have a common one besides. */
type Reasons = Partial<Readonly<Record<Verdict, Reason>>>;

const saturation: Reason = ({ other }) =>
  `A sigmoid's slope is at most 1/4, and every layer multiplies the gradient by it; a relu passes it on as it is. Its ` +
  `outputs have a mean of 1/2 besides, so that units of a layer move together. Here ${other.arm} ended at a training error ` +
  `of ${percent(other.trainError.mean)} (rate ${other.learningRate}).`;

const tanhIsGood: Reason = ({ own, other }) =>
  `A tanh saturates only where its inputs are large. In a network of five layers, with weights drawn at the scale that ` +
  `Glorot and Bengio published in 2010 (the paper's did not have it), few are, and its outputs have mean 0; some relus give ` +
  `0 for all images and pass nothing on. Training errors in the end: ${percent(own.trainError.mean)} with relu, ` +
  `${percent(other.trainError.mean)} with tanh.`;

/** Training errors this near each other are those of networks that have learned the same. */
const NEAR = 0.1;

const dropoutIdle: Reason = ({ own, other }) => {
  const errors = `With dropout the training error ends at ${percent(own.trainError.mean)}, without at ${percent(other.trainError.mean)}`;
  return own.trainError.mean - other.trainError.mean > NEAR
    ? `${errors}: the network that is thinned out has not learned what there is to learn. The paper trained for 90 epochs ` +
        `a network of 60 million parameters that had room for it; this one is small and has minutes.`
    : `${errors}: what is learned by heart is learned by the convolutions, too, and dropout is only in the one fully ` +
        `connected layer that stands for the paper's two.`;
};

const lrnIsWeak: Reason = ({ own, other }) =>
  `The divisor (1 + 0.01 times the sum of five squares)^0.75 is near 1 unless activations are large. The paper's gain was ` +
  `1.4 points on ImageNet, 2 on CIFAR-10, with pixels from 0 to 255; Simonyan and Zisserman (2015, section 4.1) later found ` +
  `none. Here: ${percent(own.testError.mean)} with it, ${percent(other.testError.mean)} without.`;

const batchNormalization: Reason = ({ own, other }) =>
  `It gives every layer inputs of the same scale whatever the weights do: no unit stays silent, the first steps are not ` +
  `lost, and larger rates can be used (Ioffe and Szegedy, 2015). Best rates here: ${own.learningRate} with it, ` +
  `${other.learningRate} for the other; training errors in the end ${percent(own.trainError.mean)} and ` +
  `${percent(other.trainError.mean)}.`;

const augmentationHelps: Reason = ({ own, other }) =>
  `Without it the network sees the same ${describeAmount(own)} images again and again: its training error ends at ` +
  `${percent(other.trainError.mean)}, its test error at ${percent(other.testError.mean)}.`;

const augmentationIdle: Reason = ({ own, other }) =>
  `The network does not learn its images by heart in so many steps: without augmentation the training error ends at ` +
  `${percent(other.trainError.mean)}, the test error at ${percent(other.testError.mean)}. Where the two are near each ` +
  `other there is little to gain, and crops and mirror images only make the task harder (${percent(own.trainError.mean)}).`;

function describeAmount({ arm }: ArmSummary): string {
  return arm.endsWith("few images") ? "few" : arm.endsWith("all images") ? "many" : "";
}

const REASONS: Readonly<Record<StatementId, Reasons>> = {
  "relu-faster-than-sigmoid": { holds: saturation },
  "relu-better-than-sigmoid": { holds: saturation },
  "relu-faster-than-tanh": {
    holds: () => "A tanh saturates on both sides, and where it does it passes no gradient on (paper, section 3.1).",
    "does not hold": tanhIsGood,
    undecided: tanhIsGood,
  },
  "relu-better-than-tanh": {
    holds: ({ own, other }) =>
      `The paper's claim was about speed, not about the end. What is learned carries over better: at training errors of ` +
      `${percent(own.trainError.mean)} with relu and ${percent(other.trainError.mean)} with tanh, test errors are ` +
      `${percent(own.testError.mean)} and ${percent(other.testError.mean)}.`,
    "does not hold": tanhIsGood,
    undecided: tanhIsGood,
  },
  "dropout-narrows-gap": {
    holds: ({ own, other }) =>
      `No unit can rely on another being there (paper, section 4.2). A narrower gap is no lower test error: it also ` +
      `narrows when less is learned (training error ${percent(own.trainError.mean)} with dropout, ` +
      `${percent(other.trainError.mean)} without).`,
    "does not hold": dropoutIdle,
  },
  "dropout-better": {
    holds: () => "Units that cannot rely on each other learn what is of use for other images, too (section 4.2).",
    "does not hold": dropoutIdle,
    undecided: dropoutIdle,
  },
  "dropout-better-few-images": {
    holds: () => "Few images are learned by heart soonest, so there is most for dropout to prevent.",
    "does not hold": dropoutIdle,
    undecided: dropoutIdle,
  },
  "dropout-slower": {
    holds: () => "Each step trains another half of the units.",
    "does not hold": () => "The target is reached before units come to rely on each other.",
  },
  "lrn-better-than-none": {
    holds: ({ own, other }) =>
      `Large activations quiet their neighbours (section 3.3), and gradients with them: that steadies the first steps of ` +
      `a network whose rate is high. Rates: ${own.learningRate} with it, ${other.learningRate} without.`,
    "does not hold": lrnIsWeak,
    undecided: lrnIsWeak,
  },
  "batch-better-than-lrn": { holds: batchNormalization },
  "batch-better-than-none": { holds: batchNormalization },
  "augmentation-better-few-images": { holds: augmentationHelps, "does not hold": augmentationIdle },
  "augmentation-better": { holds: augmentationHelps, "does not hold": augmentationIdle },
  "augmentation-better-all-images": {
    holds: augmentationHelps,
    "does not hold": augmentationIdle,
    undecided: augmentationIdle,
  },
  "augmentation-narrows-gap": {
    holds: () => "Images that are never twice the same are not learned by heart (section 4.1).",
    "does not hold": augmentationIdle,
  },
  "augmentation-gains-more-from-few": {
    holds: () => "What crops and mirror images add, a larger set has of its own.",
    "does not hold": () => "Few images or many, augmentation is worth about the same here.",
  },
};

/** @param arms the statement's two; not there while their runs are not done. */
export function explain(found: Found, arms: readonly (ArmSummary | undefined)[], config: Config): string {
  const [own, other] = arms;
  if (own === undefined || other === undefined || found.differences.length === 0) {
    return "The runs that this needs are not all done.";
  }
  const doubt = found.verdict === "undecided" ? whyUndecided(found, [own, other], config) : "";
  const reason = REASONS[found.id][found.verdict]?.({ own, other, config }) ?? "";
  return [doubt, reason].filter((text) => text !== "").join(" ");
}

function whyUndecided({ effect, differences, worthwhile }: Found, arms: readonly ArmSummary[], config: Config): string {
  if (effect === null || effect.count < differences.length) {
    const target = percent(config.targetError);
    const reached = arms.map(({ arm, reached: count, runs }) => `${arm}: ${count} of ${runs}`).join(", ");
    return `Not every pair reached a training error of ${target} (${reached}): more --steps would tell, or a higher --target-error.`;
  }
  if (effect.interval === null) return "A single seed has no spread: pass --seeds 2 or more.";
  // Student's t is about 2 when there are many pairs: until the interval leaves 0, or what matters, outside.
  const distance = Math.max(effect.mean, worthwhile - effect.mean);
  const needed = Math.max(Math.ceil(((2 * effect.deviation) / distance) ** 2) + 1, effect.count + 1);
  return `The seeds scatter too much for ${effect.count} of them. If mean and scatter stay as they are, about ${needed} would decide.`;
}
