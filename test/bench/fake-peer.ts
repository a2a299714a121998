/** A peer for tests: `honest` and, as a limit of the machine, `limit` answer as they should, the others each break one rule. */
import { serve } from "../../bench/peers/serve.ts";

const manner = process.argv[2];

await serve(async () => {
  if (manner === "unable") return { cannot: "it has no hands" };
  if (manner === "dying") process.exit(3);
  console.log("libraries print what they like");
  const run = async (): Promise<number | void> => {
    if (manner === "fainting") process.exit(4);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return manner === "boasting" ? 1e6 : undefined;
  };
  if (manner === "limit") return { flops: 1e6, how: "at its limit", run };
  return { version: "1.0", values: manner === "wrong" ? [1, 2.5] : [1, 2], run };
});
