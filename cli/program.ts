import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { benchCommand } from "./commands/bench.ts";
import { devicesCommand } from "./commands/devices.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { experimentCommand } from "./commands/experiment.ts";
import { explainCommand } from "./commands/explain.ts";
import { fitPlaneCommand } from "./commands/fit-plane.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { makeDatasetCommand } from "./commands/make-dataset.ts";
import { notesCommand } from "./commands/notes.ts";
import { predictCommand } from "./commands/predict.ts";
import { summaryCommand } from "./commands/summary.ts";
import { trainCommand } from "./commands/train.ts";

const EXAMPLES = `
Examples:
  millrace fit-plane --seed 1                        the same plane every time
  millrace bench alexnet                             the notes' benchmark: 32 images, 100 steps
  millrace bench vgg16 --batch-size 8 --steps 10     the notes' last, empty chapter
  millrace bench alexnet --json > alexnet.json       for programs to read
  millrace explain alexnet --backward --profile      where the time goes
  millrace make-dataset shapes ./shapes              pictures to learn from
  millrace inspect ./shapes --out sheet.png          what is in them
  millrace train ./shapes --out runs/shapes          AlexNet learns them
  millrace evaluate ./shapes/test --run runs/shapes  how well
  millrace predict photo.jpg --run runs/shapes       what is this?
  millrace experiment alexnet-claims                 what are AlexNet's parts good for?

millrace <command> --help says more of each.`;

/** The commands. Whatever goes wrong is thrown: main.ts prints it. */
export function buildProgram(): Command {
  const program = new Command("millrace")
    .description("Graph-and-session deep learning in TypeScript, at the speed of the processor.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", EXAMPLES);
  program.addCommand(fitPlaneCommand());
  program.addCommand(benchCommand());
  program.addCommand(summaryCommand());
  program.addCommand(explainCommand());
  program.addCommand(devicesCommand());
  program.addCommand(makeDatasetCommand());
  program.addCommand(inspectCommand());
  program.addCommand(trainCommand());
  program.addCommand(evaluateCommand());
  program.addCommand(predictCommand());
  program.addCommand(experimentCommand());
  program.addCommand(notesCommand(), { hidden: true });
  for (const command of withAllBelow(program)) {
    command
      .helpOption("-h, --help", "print this help")
      .exitOverride()
      .configureOutput({ outputError: () => {} });
  }
  return program;
}

/** A command, its commands, and theirs. */
function withAllBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)];
}

function readVersion(): string {
  const file = fileURLToPath(import.meta.resolve("millrace/package.json"));
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
