import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "./programs.ts";

const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** Called by other scripts, or by npm. */
const OF_NO_INTEREST: ReadonlySet<string> = new Set(["millrace", "prepack"]);

describe("what documents say of the project", () => {
  for (const document of ["README.md", "CONTRIBUTING.md"]) {
    test(`${document}: the folders of src/ in the order that check-imports.mjs knows`, () => {
      const listIn = (name: string): string[] => {
        const [, items = ""] =
          new RegExp(`^const ${name} = \\[(.*)\\];$`, "m").exec(read("scripts/check-imports.mjs")) ?? [];
        return items.split(", ").map((item) => JSON.parse(item) as string);
      };
      const text = read(document);
      for (const line of [listIn("layers").join(" <- "), `${listIn("builders").join(", ")} `])
        assert.ok(text.includes(line), `${document} lacks "${line}"`);
    });
  }

  test("CONTRIBUTING.md has every npm script", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const text = read("CONTRIBUTING.md");
    const missing = Object.keys(scripts).filter((name) => !OF_NO_INTEREST.has(name) && !hasCommand(text, name));
    assert.deepEqual(missing, []);
  });
});

function hasCommand(text: string, script: string): boolean {
  return [`npm ${script}`, `npm run ${script}`].some((command) => text.includes(`\`${command}\``));
}
