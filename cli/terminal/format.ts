/** Numbers, dates and tables as the commands print them. */

/** The local date and time as Python prints it, `2026-11-22 19:45:11.123`; Swedish writes dates that way. */
export function timestamp(date: Date = new Date()): string {
  return `${date.toLocaleString("sv-SE")}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** JSON to be read by people too: indented, but for lists of numbers, which are shapes and belong on a line. */
export function formatJson(value: unknown): string {
  // Strings are matched to be passed over: what is in them is nobody's shape.
  return JSON.stringify(value, null, 2).replaceAll(/"(?:[^"\\]|\\.)*"|\[[\s\d,]+\]/g, (part) =>
    part.startsWith('"') ? part : part.replaceAll(/\s+/g, " ").replaceAll(/(?<=\[) | (?=\])/g, ""),
  );
}

/** `12.3 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const unit = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${(bytes / 1024 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

/** `61,100,840`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** `1 epoch`, `2,000 steps`. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `[?, 56, 56, 64]`. */
export function formatShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((dimension) => dimension ?? "?").join(", ")}]`;
}

/** Three significant digits and no more: `0.123`, `4.57`, `97.1`, `228`, `3.00e-6`. */
export function formatAmount(amount: number): string {
  if (!Number.isFinite(amount) || amount === 0) return String(amount);
  const magnitude = Math.floor(Math.log10(Math.abs(amount)));
  return magnitude < -4 ? amount.toExponential(2) : amount.toFixed(Math.max(2 - magnitude, 0));
}

/** `97.1%` of 0.971. */
export function percent(part: number): string {
  return `${(100 * part).toFixed(1)}%`;
}

/** A duration as people say it: `45 s`, `3 min 20 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A two-dimensional array as NumPy prints it, with three digits: `[[0.100 0.200]]`. Signs make columns wider. */
export function formatMatrix(rows: readonly (readonly number[])[]): string {
  return `[${rows.map(formatVector).join("\n ")}]`;
}

/** A one-dimensional array as NumPy prints it, with three digits: `[0.300]`. */
export function formatVector(values: readonly number[]): string {
  // -0.0004 is 0.000, not -0.000.
  const texts = values.map((value) => value.toFixed(3).replace(/^-(0\.000)$/, "$1"));
  const width = Math.max(0, ...texts.map(({ length }) => length));
  return `[${texts.map((text) => text.padStart(width)).join(" ")}]`;
}

export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** Rows of texts as lines of equal columns, under their titles. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  return all.map((row) =>
    columns
      .map(({ right }, index) => {
        const cell = row[index] ?? "";
        return right === true ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** A path as a shell takes it, for a line that is to be copied. */
export function shellWord(text: string): string {
  const path = text.startsWith("-") ? `./${text}` : text;
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** A name that came from elsewhere, for one line of a terminal: control characters become `\\n`, `\\u{1b}`. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (control) => {
    if (control === "\n") return String.raw`\n`;
    return `\\u{${control.codePointAt(0)!.toString(16)}}`;
  });
}
