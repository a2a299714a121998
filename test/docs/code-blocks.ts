/** A fenced block of a Markdown document. */
export interface CodeBlock {
  /** `ts`: a whole program, run by the tests. `text`: what the program before it prints. `console`: a command. */
  readonly language: string;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** `ts from=src/ops/relu.ts`: not a program but lines of that file. */
  readonly from: string | null;
  /** `console checked`: the command is run and its output compared. */
  readonly checked: boolean;
  /** Nothing but prose of one line stands between this block and the one before. */
  readonly follows: boolean;
}

const FENCE = /^```(\S*)\s*(.*)$/;

export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { language: string; info: string; line: number; lines: string[] } | null = null;
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const [index, text] of markdown.split("\n").entries()) {
    const fence = FENCE.exec(text);
    if (open === null) {
      if (fence) open = { language: fence[1]!, info: fence[2]!, line: index + 1, lines: [] };
    } else if (text === "```") {
      blocks.push({
        language: open.language,
        code: `${open.lines.join("\n")}\n`,
        line: open.line,
        from: /from=(\S+)/.exec(open.info)?.[1] ?? null,
        checked: open.info.includes("checked"),
        follows: open.line - lastEnd <= 4,
      });
      lastEnd = index + 1;
      open = null;
    } else {
      open.lines.push(text);
    }
  }
  return blocks;
}
