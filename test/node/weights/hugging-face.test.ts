import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { downloadFromHuggingFace, type HuggingFaceOptions, readWeights } from "../../../src/node/index.ts";

const file = tf.formats.serializeSafetensors(
  new Map([["features.0.weight", new tf.NDArray("float32", [2], Float32Array.of(1, 2))]]),
);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** A hub in place of the network: it has one file, and says what was asked of it. */
class FakeHub {
  readonly requests: string[] = [];
  content: Uint8Array = file;
  checksum: string | undefined = sha256(file);
  status = 200;

  readonly fetch: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    this.requests.push(`${init?.method ?? "GET"} ${new URL(url).pathname}`);
    if (this.status !== 200) return Response.json({ error: "no" }, { status: this.status });
    if (url.includes("/paths-info/")) {
      const { paths } = JSON.parse(init?.body as string) as { paths: string[] };
      const lfs =
        this.checksum === undefined ? undefined : { oid: this.checksum, size: this.content.length, pointerSize: 100 };
      return Response.json(
        paths.includes("model.safetensors")
          ? [{ path: "model.safetensors", type: "file", oid: "0", size: this.content.length, lfs }]
          : [],
      );
    }
    if (url.includes("/revision/")) return Response.json({ id: "timm/vgg16.tv_in1k", _id: "x", sha: COMMIT });
    const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get("range") ?? "");
    const headers = { etag: '"x"', "accept-ranges": "bytes" };
    if (range === null)
      return new Response(new Uint8Array(this.content), {
        headers: { ...headers, "content-length": String(this.content.length) },
      });
    const [begin, end] = [Number(range[1]), Math.min(Number(range[2]) + 1, this.content.length)];
    return new Response(this.content.slice(begin, end), {
      status: 206,
      headers: { ...headers, "content-range": `bytes ${begin}-${end - 1}/${this.content.length}` },
    });
  };
}

describe("hf: addresses", () => {
  let folder = "";
  let hub = new FakeHub();
  let options: HuggingFaceOptions = {};
  beforeEach(async () => {
    if (folder !== "") await rm(folder, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), "millrace-hub-"));
    hub = new FakeHub();
    options = { cacheDir: folder, fetch: hub.fetch };
  });
  after(() => rm(folder, { recursive: true }));

  const blobs = (): Promise<string[]> => readdir(join(folder, "models--timm--vgg16.tv_in1k", "blobs")).catch(() => []);

  test("downloads once, then takes the cache's", async () => {
    const path = await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options);
    assert.deepEqual(new Uint8Array(await readFile(path)), file);
    assert.deepEqual(await blobs(), [sha256(file)]);
    const asked = hub.requests.length;
    assert.equal(await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options), path);
    assert.deepEqual(hub.requests.slice(asked), ["POST /api/models/timm/vgg16.tv_in1k/paths-info/main"]);
  });

  test("readWeights reads it, of a revision", async () => {
    const weights = await readWeights("hf:timm/vgg16.tv_in1k@v1/model.safetensors", options);
    assert.deepEqual([...weights.keys()], ["features.0.weight"]);
    assert.ok(hub.requests.some((request) => request.includes("/resolve/v1/model.safetensors")));
  });

  test("what does not have the hub's SHA-256 is refused and not kept", async () => {
    hub.content = file.map((byte, index) => (index === file.length - 1 ? byte ^ 1 : byte));
    await assert.rejects(
      downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options),
      (error) => error instanceof tf.FormatError && error.message.includes(sha256(file)),
    );
    assert.deepEqual(await blobs(), []);
  });

  test("a file that was damaged in the cache is fetched again", async () => {
    const path = await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options);
    await writeFile(path, "damaged");
    await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options);
    assert.deepEqual(new Uint8Array(await readFile(path)), file);
  });

  test("without a network, what was downloaded before serves, by its revision or commit", async () => {
    const path = await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options);
    const offline: typeof fetch = () => Promise.reject(new TypeError("fetch failed"));
    const warned = once(process, "warning") as Promise<[Error]>;
    const without = { ...options, fetch: offline };
    assert.equal(await realpath(await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", without)), await realpath(path));
    assert.match((await warned)[0].message, /did not answer: fetch failed.*downloaded before/);
    hub.status = 503;
    assert.deepEqual([...(await readWeights("hf:timm/vgg16.tv_in1k", options)).keys()], ["features.0.weight"]);
    // A commit is never another: nobody is asked. Nor with HF_HUB_OFFLINE.
    const asked = hub.requests.length;
    await downloadFromHuggingFace(`hf:timm/vgg16.tv_in1k@${COMMIT}`, options);
    await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", { ...options, offline: true });
    assert.equal(hub.requests.length, asked);
    // What the hub says counts more than the cache.
    hub.status = 401;
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options), /accessToken/);
    // Damaged, or of another revision or file: not used.
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k@v2", without), /not in the cache, and the hub/);
    await writeFile(path, "damaged");
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", without), /not in the cache/);
    await assert.rejects(
      downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", { ...options, offline: true }),
      (error) => error instanceof tf.BackendError && /HF_HUB_OFFLINE/.test(error.message) && /fix:/.test(error.message),
    );
  });

  test("what Python's tools have in the cache is found", async () => {
    const repository = join(folder, "models--timm--vgg16.tv_in1k");
    for (const part of ["blobs", "refs", join("snapshots", COMMIT)])
      await mkdir(join(repository, part), { recursive: true });
    await writeFile(join(repository, "blobs", sha256(file)), file);
    await writeFile(join(repository, "refs", "main"), COMMIT);
    await symlink(join("..", "..", "blobs", sha256(file)), join(repository, "snapshots", COMMIT, "model.safetensors"));
    const path = await downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", { ...options, offline: true });
    assert.deepEqual(new Uint8Array(await readFile(path)), file);
  });

  test("errors: no such file, no such repository, no network, no checksum, no address", async () => {
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k/other.safetensors", options), /no such file/);
    hub.checksum = undefined;
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options), tf.FormatError);
    hub.status = 404;
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options), tf.ValueError);
    hub.status = 401;
    await assert.rejects(downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", options), /accessToken/);
    const offline: typeof fetch = () => Promise.reject(new TypeError("fetch failed"));
    await assert.rejects(
      downloadFromHuggingFace("hf:timm/vgg16.tv_in1k", { ...options, fetch: offline }),
      tf.BackendError,
    );
    for (const address of ["hf:timm", "hf:a/b/../c", "hf:a/b@../c", "hf:a/b c", "hf:/x/y"])
      await assert.rejects(downloadFromHuggingFace(address, options), tf.ValueError);
  });
});
