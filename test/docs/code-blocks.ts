/**
 * What the fenced blocks of a document promise. The word after the fence says which:
 *
 * - `ts`: a whole program; it type-checks and runs. With `rejected` it does not type-check, and nothing runs it. With
 *   `file=NAME.ts` other programs of the document can import it as `./NAME.ts`, and errors show that name.
 * - `ts from=FILE`: lines of a file of the repository, word for word. Several stretches are divided by a line `// ...`.
 *   Also for other languages.
 * - `text`: what the program before it prints, or what the type checker says of a rejected one (`...` is any text).
 * - `text from=FILE without=NAME`: what the type checker says of the sources when the lines of FILE with NAME are taken out.
 * - `console checked`: a command `$ millrace ...` and what it prints.
 * - `python`, `sh`, `console` and a fence without a word: to be read only.
 */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly file: string | null;
  readonly from: string | null;
  readonly without: string | null;
  readonly checked: boolean;
  readonly rejected: boolean;
  /** No more than one line of prose stands between this block and the one before. */
  readonly follows: boolean;
}

const FENCE = /^```(\S*)\s*(.*)$/;
const LANGUAGES = new Set(["ts", "text", "console", "python", "sh", ""]);
const FLAGS = new Set(["checked", "rejected"]);
const SETTINGS = new Set(["file", "from", "without"]);

/** @throws Error that names the line of a block which is not closed, or whose opening line says what nobody knows. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: {
    readonly language: string;
    readonly info: string;
    readonly line: number;
    readonly lines: string[];
  } | null = null;
  let proseLines = Number.POSITIVE_INFINITY;
  for (const [index, text] of markdown.split("\n").entries()) {
    if (open === null) {
      const [fence, language = "", info = ""] = FENCE.exec(text) ?? [];
      if (fence !== undefined) open = { language, info, line: index + 1, lines: [] };
      else if (text.trim() !== "") proseLines++;
    } else if (text === "```") {
      const { language, line, lines } = open;
      blocks.push({ language, line, ...parseInfo(open), code: `${lines.join("\n")}\n`, follows: proseLines <= 1 });
      proseLines = 0;
      open = null;
    } else {
      open.lines.push(text);
    }
  }
  if (open !== null) throw new Error(`line ${open.line}: this block is not closed`);
  return blocks;
}

function parseInfo({
  language,
  info,
  line,
}: {
  language: string;
  info: string;
  line: number;
}): Pick<CodeBlock, "file" | "from" | "without" | "checked" | "rejected"> {
  const settings = new Map<string, string>();
  for (const word of info.split(/\s+/).filter((part) => part !== "")) {
    const [, name = word, value = ""] = /^(\w+)=(.+)$/.exec(word) ?? [];
    if (!FLAGS.has(word) && !SETTINGS.has(name)) throw new Error(`line ${line}: what is "${word}"?`);
    settings.set(name, value);
  }
  const from = settings.get("from") ?? null;
  if (from === null && !LANGUAGES.has(language)) throw new Error(`line ${line}: what is "${language}"?`);
  return {
    file: settings.get("file") ?? null,
    from,
    without: settings.get("without") ?? null,
    checked: settings.has("checked"),
    rejected: settings.has("rejected"),
  };
}
