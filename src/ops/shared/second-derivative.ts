import { GradientError } from "../../core/errors.ts";

/** For ops whose gradient has no gradient of its own. @throws GradientError always. */
export function noSecondDerivative(name: string): never {
  throw new GradientError({
    problem: `gradients: second derivatives of ${name} are not implemented.`,
    fix: `differentiate ${name} once only, or stop the gradient before it with tf.stopGradient.`,
  });
}
