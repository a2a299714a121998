import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { filesBelow } from "./files.ts";
import { root } from "./programs.ts";

/** `[text](target)`, but not to another site. */
const LINK = /\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)/g;
/** A path in code type that begins in a folder of the repository; patterns and placeholders are none. */
const PATH = /`((?:src|cli|examples|bench|test|scripts|docs|notes)\/[\w./-]+)`/g;

const documents = [...readdirSync(root), ...filesBelow("docs")].filter((name) => name.endsWith(".md"));

describe("paths in documents", () => {
  for (const document of documents) {
    test(document, () => {
      const text = readFileSync(join(root, document), "utf8");
      for (const [, target = ""] of text.matchAll(LINK)) {
        assert.ok(
          existsSync(join(root, dirname(document), target)),
          `${document} links to ${target}, which is not there`,
        );
      }
      for (const [, path = ""] of text.matchAll(PATH)) {
        assert.ok(existsSync(join(root, path)), `${document} mentions ${path}, which is not there`);
      }
    });
  }
});
