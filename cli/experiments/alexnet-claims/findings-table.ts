/** What was found, as texts: for the terminal and for the page. */
import { type Column, formatTable } from "../../terminal/format.ts";
import type { ClaimName, Finding, Unit } from "./claims.ts";
import type { Results } from "./results-file.ts";

/** The claims as the paper has them. */
export const CLAIMS: readonly { readonly name: ClaimName; readonly title: string; readonly paper: string }[] = [
  {
    name: "relu",
    title: "Relu in place of the sigmoid",
    paper:
      "Networks with relu train several times faster than with tanh: on CIFAR-10 a four-layer network without regularization " +
      "reached 25% training error six times faster (section 3.1, figure 1). The notes compare with the sigmoid, as older " +
      "networks had it.",
  },
  {
    name: "dropout",
    title: "Dropout",
    paper:
      "Without dropout the network overfits substantially; with it, twice as many iterations are needed to converge " +
      "(section 4.2).",
  },
  {
    name: "normalization",
    title: "Local response normalization, and batch normalization in its place",
    paper:
      "Local response normalization lowers the top-1 error by 1.4 points; on CIFAR-10 a four-layer network came from 13% to " +
      "11% (section 3.3). The notes add that batch normalization has taken its place.",
  },
  {
    name: "augmentation",
    title: "Augmentation",
    paper:
      "Random crops, mirror images and moved colours make the set 2048 times larger; without them the network overfits " +
      "substantially. Moved colours alone lower the top-1 error by over one point (section 4.1).",
  },
];

const COLUMNS: readonly Column[] = [
  { title: "verdict" },
  { title: "effect" },
  { title: "95% interval" },
  { title: "" },
];

/** The findings for a terminal, claim by claim. */
export function findingLines({ findings }: Results): string[] {
  // One table, so that all claims have the same columns; its first line is the titles.
  const inOrder = CLAIMS.flatMap(({ name }) => findings.filter(({ claim }) => claim === name));
  const rows = inOrder.map((finding) => [
    finding.verdict,
    effectText(finding),
    intervalText(finding),
    finding.statement,
  ]);
  const [, ...lines] = formatTable(COLUMNS, rows);
  const sections = CLAIMS.map(({ name, title }) => [
    "",
    title,
    ...lines.filter((_, index) => inOrder[index]?.claim === name).map((line) => `  ${line}`),
  ]);
  return [...sections.flat(), ""];
}

/** `+3.2 points`, `1.8 times`, `at least 2.0 times`. */
export function effectText({ effect, unit, bound }: Finding): string {
  return effect === null ? "" : `${bound === null ? "" : `${bound} `}${amount(effect.mean, unit)}`;
}

export function intervalText({ effect, unit }: Finding): string {
  if (effect === null || effect.interval === null) return "";
  const [low, high] = effect.interval.map((end) => amount(end, unit).replace(/ (points|times)$/, ""));
  return `${low} to ${high}`;
}

function amount(value: number, unit: Unit): string {
  if (unit === "error") return `${value < 0 ? "-" : "+"}${Math.abs(100 * value).toFixed(1)} points`;
  return `${(2 ** value).toFixed(2)} times`;
}
