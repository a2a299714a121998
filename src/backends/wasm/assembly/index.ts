// Everything the host can reach, one line a file: kernels by name, and the interpreter that calls them.

// engine
export { awaitWake, heapBase, joinRun, runAlone } from "./interpreter";
