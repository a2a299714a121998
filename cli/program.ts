import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";

/** Only the file of the command that is called is read: what the others need takes as long to load as a plane to fit. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["fit-plane", async () => (await import("./commands/fit-plane.ts")).fitPlaneCommand()],
  ["bench", async () => (await import("./commands/bench.ts")).benchCommand()],
  ["summary", async () => (await import("./commands/summary.ts")).summaryCommand()],
  ["explain", async () => (await import("./commands/explain.ts")).explainCommand()],
  ["devices", async () => (await import("./commands/devices.ts")).devicesCommand()],
  ["make-dataset", async () => (await import("./commands/make-dataset.ts")).makeDatasetCommand()],
  ["inspect", async () => (await import("./commands/inspect.ts")).inspectCommand()],
  ["train", async () => (await import("./commands/train.ts")).trainCommand()],
  ["evaluate", async () => (await import("./commands/evaluate.ts")).evaluateCommand()],
  ["predict", async () => (await import("./commands/predict.ts")).predictCommand()],
  ["export", async () => (await import("./commands/export.ts")).exportCommand()],
  ["experiment", async () => (await import("./commands/experiment.ts")).experimentCommand()],
  ["notes", async () => (await import("./commands/notes.ts")).notesCommand()],
]);

/** Not named by --help. */
const HIDDEN = "notes";

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
  millrace export --run runs/shapes --out m.onnx     for other programs
  millrace experiment alexnet-claims                 what are AlexNet's parts good for?

millrace <command> --help says more of each.`;

/**
 * The program with the command that is called, or with all of them where it has none of this name: for help, and for
 * guesses at what was meant. Whatever goes wrong is thrown: main.ts prints it.
 */
export async function buildProgram(called: string = ""): Promise<Command> {
  const program = new Command("millrace")
    .description("Graph-and-session deep learning in TypeScript, at the speed of the processor.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", EXAMPLES);
  const only = commands.get(called);
  const loads = only === undefined ? [...commands.values()] : [only];
  for (const command of await Promise.all(loads.map((load) => load()))) {
    program.addCommand(command, { hidden: command.name() === HIDDEN });
  }
  for (const command of withAllBelow(program)) {
    command
      .helpOption("-h, --help", "print this help")
      .exitOverride()
      .configureOutput({ outputError: () => {}, writeErr: () => {} });
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
