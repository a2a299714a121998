/** A curve drawn with Braille characters, each of which is a field of two by four dots. */
const DOTS_ACROSS = 2;
const DOTS_DOWN = 4;
/** Bits of U+2800 by row, then column. @see The Unicode Standard, chapter 21, Braille. */
const BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

export interface CurveSize {
  readonly columns: number;
  readonly rows: number;
  /** How many values the whole curve will have: the rest of the width stays empty until they come. */
  readonly expected: number;
}

/**
 * Positive values, on a logarithmic scale, as lines of text with a label for the highest and the lowest. Values that
 * are not positive and finite leave gaps.
 */
export function drawCurve(values: readonly number[], { columns, rows, expected }: CurveSize): string[] {
  const width = columns * DOTS_ACROSS;
  const height = rows * DOTS_DOWN;
  const logs = Array.from({ length: width }, (_, x) => logOf(values[Math.round((x / (width - 1)) * (expected - 1))]));
  const known = logs.filter((log) => !Number.isNaN(log));
  if (known.length === 0) return [];
  const high = Math.max(...known);
  const low = Math.min(...known);
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  let previous: number | null = null;
  for (const [x, log] of logs.entries()) {
    if (Number.isNaN(log)) {
      previous = null;
      continue;
    }
    const y = high === low ? height - 1 : Math.round(((high - log) / (high - low)) * (height - 1));
    // A steep fall is drawn through: from just beside the dot before, to this one.
    const from: number = previous === null || Math.abs(y - previous) < 2 ? y : previous + Math.sign(y - previous);
    for (let dot = Math.min(from, y); dot <= Math.max(from, y); dot++) setDot(cells, x, dot);
    previous = y;
  }
  const label = (row: number): string =>
    row === 0 ? (10 ** high).toExponential(1) : row === rows - 1 ? (10 ** low).toExponential(1) : "";
  return cells.map((cell, row) => `${label(row).padStart(8)} ${brailleOf(cell)}`.trimEnd());
}

function logOf(value: number | undefined): number {
  return value !== undefined && value > 0 && Number.isFinite(value) ? Math.log10(value) : Number.NaN;
}

function setDot(cells: readonly Uint8Array[], x: number, y: number): void {
  const row = cells[Math.floor(y / DOTS_DOWN)];
  const column = Math.floor(x / DOTS_ACROSS);
  if (row !== undefined)
    row[column] = (row[column] ?? 0) | (BITS[(y % DOTS_DOWN) * DOTS_ACROSS + (x % DOTS_ACROSS)] ?? 0);
}

/** Empty fields as spaces: not every font has an empty Braille character of the right width. */
function brailleOf(cells: Uint8Array): string {
  return Array.from(cells, (bits) => (bits === 0 ? " " : String.fromCodePoint(0x2800 + bits))).join("");
}
