/** `millrace/node`: what only Node.js has. Everything else is in `millrace`. */
export { describeMachine, type MachineOptions, type MachineReport } from "./machine.ts";
export { saveTrace } from "./save-trace.ts";
export { writeFileAtomically } from "./write-file-atomically.ts";
