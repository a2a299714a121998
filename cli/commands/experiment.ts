import { Command } from "commander";
import { alexnetClaimsCommand } from "../experiments/alexnet-claims/command.ts";

/** Each experiment is a command of its own: they have little in common but where their results go. */
export function experimentCommand(): Command {
  return new Command("experiment")
    .summary("try what papers claim, on small networks")
    .description("Trains networks that differ in one part, and says what the numbers say of what is claimed about it.")
    .addCommand(alexnetClaimsCommand());
}
