/** `millrace/node`: what only Node.js has. Everything else is in `millrace`. */
export { CheckpointFolder, type CheckpointFolderOptions } from "./checkpoint-folder.ts";
export { describeMachine, type MachineOptions, type MachineReport, runtimeAdvice } from "./machine.ts";
export type { EventImage, PrCounts, SummaryValue } from "./event-messages.ts";
export { EventWriter } from "./event-writer.ts";
export { type Histogram, histogramOf } from "./histogram.ts";
export { MetricsLog, type MetricsRecord, readMetrics } from "./metrics-log.ts";
export { renderReport, type ReportContent, type ReportGallery, type ReportPicture } from "./report.ts";
export { restoreSession, saveSession } from "./save-session.ts";
export { saveTrace } from "./save-trace.ts";
export { escapeHtml } from "./escape-html.ts";
export { writeFileAtomically } from "./write-file-atomically.ts";

// files of weights and data
export { type FileSource, openFile } from "./formats/file-source.ts";
export { encodeOnnx } from "./formats/onnx.ts";
export { type Feature, parseTfExample, serializeTfExample } from "./formats/tf-example.ts";
export { downloadFromHuggingFace, type HuggingFaceOptions } from "./weights/hugging-face.ts";
export { readWeights } from "./weights/read-weights.ts";

// pictures
export * from "./data/index.ts";
