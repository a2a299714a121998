import { Command } from "commander";
import { describeMachine, type MachineReport } from "millrace/node";
import { threadsOption } from "../backend.ts";
import { Display } from "../terminal/display.ts";
import { formatAmount, formatBytes, formatJson } from "../terminal/format.ts";

interface DevicesOptions {
  readonly threads?: number;
  readonly json?: boolean;
}

export function devicesCommand(): Command {
  return new Command("devices")
    .summary("show what it runs on here, and how fast that is")
    .description(
      "Lists the backends, with the vector features that are used here, the threads, and the measured peaks: GFLOP/s of " +
        "multiply-adds in registers, GB/s of a triad over 96 MiB. Takes about a second.",
    )
    .addOption(threadsOption())
    .option("--json", "print one JSON object")
    .action(async ({ threads, json = false }: DevicesOptions) => {
      using display = new Display({ toStandardError: json });
      display.live("measuring this machine ...");
      const report = await describeMachine({ threads });
      display.live("");
      if (json) process.stdout.write(`${formatJson({ backends: ["wasm", "reference"], ...report })}\n`);
      else for (const line of describe(report)) display.line(line);
    });
}

function describe(report: MachineReport): string[] {
  const { variant, vectorBits, threads, gflops, gflopsPerThread, advice } = report;
  const multiplyAdd = variant.startsWith("relaxed") ? "multiply and add in one instruction" : "multiply, then add";
  const memory = variant.endsWith("shared") ? "memory shared by threads" : "memory of one thread";
  const pairs = vectorBits === 256 ? "256 bits, pairs of WebAssembly's 128" : "128 bits";
  return [
    `Node.js ${report.node} (V8 ${report.v8}) on ${report.platform} ${report.arch}`,
    `${report.cpu}, ${report.cores} ${report.cores === 1 ? "core" : "cores"}, ${formatBytes(report.memoryBytes)} of memory`,
    "",
    "wasm (default)",
    `  kernels    ${variant}: ${multiplyAdd}, ${memory}`,
    `  vectors    ${pairs}`,
    `  threads    ${threads}`,
    `  tile       ${report.tile} floats of the matrix product at a time`,
    `  peak       ${formatAmount(gflops)} GFLOP/s with ${threads === 1 ? "one thread" : `${threads} threads, ${formatAmount(gflopsPerThread)} with one`}`,
    `  memory     ${formatAmount(report.gigabytesPerSecond)} GB/s`,
    "reference",
    "  plain loops in float64 on one thread: what every op means, never optimised",
    "",
    ...(advice.length === 0 ? ["nothing known would make it faster here"] : ["faster here with"]),
    ...advice.map((line) => `  ${line}`),
  ];
}
