import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { after, before, describe, test } from "node:test";
import { ValueError } from "../../../src/core/errors.ts";
import { type ImageFiles, openImageFolder } from "../../../src/node/data/image-folder.ts";

describe("openImageFolder", () => {
  let root = "";
  before(async () => void (root = await mkdtemp(join(tmpdir(), "millrace-folder-"))));
  after(() => rm(root, { recursive: true }));

  async function folder(name: string, files: readonly string[]): Promise<string> {
    for (const file of files) {
      const path = join(root, name, file);
      await mkdir(dirname(path), { recursive: true });
      // A name that ends in a slash is a folder without files.
      if (file.endsWith("/")) await mkdir(path, { recursive: true });
      else await writeFile(path, "");
    }
    return join(root, name);
  }

  const ten = (name: string): string[] => Array.from({ length: 10 }, (_, index) => `${name}/${index}.jpg`);
  const names = (path: string, { files }: ImageFiles): string[] =>
    files.map((file) => relative(path, file).replaceAll("\\", "/"));

  test("train, val and test; sub-folders belong to their class; other files and dot files are left alone", async () => {
    const path = await folder("parts", [
      "train/b/2.PNG",
      "train/b/deep/1.jpg",
      "train/a/1.webp",
      "train/a/notes.txt",
      "train/a/.hidden.jpg",
      "Valid/a/3.jpg",
      "test/b/4.gif",
      ".git/x/1.jpg",
    ]);
    const { classes, train, validation, test: held, ignored } = await openImageFolder(path);
    assert.deepEqual(classes, ["a", "b"]);
    assert.deepEqual(names(path, train), ["train/a/1.webp", "train/b/2.PNG", "train/b/deep/1.jpg"]);
    assert.deepEqual(train.labels, [0, 1, 1]);
    assert.deepEqual([names(path, validation), validation.labels], [["Valid/a/3.jpg"], [0]]);
    assert.deepEqual([names(path, held), held.labels], [["test/b/4.gif"], [1]]);
    assert.deepEqual(
      ignored.map((file) => basename(file)),
      ["notes.txt"],
    );
  });

  test("a split by a seed: every class alike, nothing twice, nothing lost", async () => {
    const path = await folder("split", [...ten("x"), ...ten("y"), "z/only.jpg"]);
    const open = (seed: number): ReturnType<typeof openImageFolder> =>
      openImageFolder(path, { split: { validation: 0.3, test: 0.2, seed } });
    const { train, validation, test: held } = await open(1);
    assert.deepEqual([train.size, validation.size, held.size], [11, 6, 4]);
    assert.deepEqual(validation.labels, [0, 0, 0, 1, 1, 1]);
    assert.equal(new Set([...train.files, ...validation.files, ...held.files]).size, 21);
    assert.ok(train.files.some((file) => file.endsWith("only.jpg")));
    assert.deepEqual((await open(1)).validation.files, validation.files);
    assert.notDeepEqual((await open(2)).validation.files, validation.files);
    await assert.rejects(openImageFolder(path, { split: { validation: 0.6, test: 0.5 } }), ValueError);
  });

  test("train and test without val: a tenth of train is drawn, or as much as is asked for; test stays whole", async () => {
    const twenty = Array.from({ length: 20 }, (_, index) => `${index}.jpg`);
    const path = await folder("halves", [...twenty.map((name) => `train/a/${name}`), "test/a/1.jpg"]);
    const sizes = async (validation?: number): Promise<number[]> => {
      const split = validation === undefined ? {} : { validation };
      const { train, validation: drawn, test: held } = await openImageFolder(path, { split });
      assert.equal(new Set([...train.files, ...drawn.files]).size, 20);
      return [train.size, drawn.size, held.size];
    };
    assert.deepEqual(await sizes(), [18, 2, 1]);
    assert.deepEqual(await sizes(0.25), [15, 5, 1]);
    assert.deepEqual(await sizes(0), [20, 0, 1]);
  });

  test("labels as a trained network has them", async () => {
    const path = await folder("known", ["dog/1.jpg", "cat/1.jpg"]);
    const { train } = await openImageFolder(path, { classes: ["dog", "bird", "cat"], split: { validation: 0 } });
    assert.deepEqual(train.labels, [2, 0]);
    await assert.rejects(openImageFolder(path, { classes: ["dog"] }), /classes that were not trained: cat/);
  });

  test("links are followed, in a circle once", async () => {
    const path = await folder("links", ["a/1.jpg", "b/1.jpg"]);
    await symlink(join(path, "a"), join(path, "a", "self"));
    await symlink(path, join(path, "a", "all"));
    await symlink(dirname(path), join(path, "a", "above"));
    await symlink(join(path, "nowhere.jpg"), join(path, "b", "gone.jpg"));
    const { train } = await openImageFolder(path, { split: { validation: 0 } });
    assert.deepEqual(names(path, train), ["a/1.jpg", "b/1.jpg", "b/gone.jpg"]);
  });

  test("files that are no pictures by their names are counted by ending", async () => {
    const others = ["a/1.HEIC", "a/2.heic", "b/3.heic", "b/1.bmp", "b/2.bmp", "b/README"];
    const path = await folder("endings", [...ten("a"), ...ten("b"), ...others]);
    const { ignored, notes } = await openImageFolder(path);
    assert.equal(ignored.length, 6);
    assert.deepEqual(notes, ["left alone: 3 .heic, 2 .bmp, 1 without ending"]);
    assert.deepEqual((await openImageFolder(await folder("pictures", [...ten("a"), ...ten("b")]))).notes, []);
  });

  test("one class that has the classes as its sub-folders is said to have them", async () => {
    const path = await folder("deep", [...ten("photos/cat"), ...ten("photos/dog")]);
    const { classes, notes } = await openImageFolder(path);
    assert.deepEqual([classes, notes.length], [["photos"], 1]);
    assert.ok(notes.join().endsWith(`pass ${join(path, "photos")}`), notes.join());
    assert.match(notes[0]!, /one class, photos, .* \(cat, dog\)/);
    const parts = await folder("deep-parts", [...ten("train/photos/cat"), ...ten("val/photos/cat")]);
    assert.match((await openImageFolder(parts)).notes.join(), /pass .*photos$/);
    assert.deepEqual((await openImageFolder(await folder("alone", ten("photos")))).notes, []);
    const two = await folder("two", [...ten("photos/cat"), ...ten("drawings")]);
    assert.deepEqual((await openImageFolder(two)).notes, []);
  });

  test("what cannot be meant is said", async () => {
    const cases: [string, readonly string[], RegExp][] = [
      ["nothing", ["note.txt"], /there are no pictures/],
      ["flat", ["1.jpg", "2.jpg"], /there are no pictures/],
      ["texts", ["a/1.txt"], /there are no pictures/],
      ["hole", ["a/1.jpg", "b/", "c/x.txt"], /classes without pictures: b, c/],
      ["case", ["Cat/1.jpg", "cat/1.jpg"], /"Cat" and "cat" of .* are one folder/],
      ["more", ["train/a/1.jpg", "val/b/1.jpg"], /classes that were not trained: b/],
    ];
    for (const [name, files, message] of cases) {
      const path = await folder(name, files);
      await assert.rejects(
        openImageFolder(path),
        (error: unknown) => error instanceof ValueError && message.test(error.message),
        name,
      );
    }
    await assert.rejects(openImageFolder(join(root, "absent")), /absent is not there/);
    await assert.rejects(openImageFolder(join(root, "flat", "1.jpg")), /is no folder/);
  });
});
