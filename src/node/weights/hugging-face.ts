import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, readFile, realpath, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import type { PathInfo } from "@huggingface/hub";
import { BackendError, FormatError, ValueError } from "../../core/errors.ts";
import { writeFileAtomically } from "../write-file-atomically.ts";

export interface HuggingFaceOptions {
  /** Where downloads are kept; default: Hugging Face's own cache, which Python's tools share. */
  readonly cacheDir?: string;
  /** Default https://huggingface.co. */
  readonly hubUrl?: string;
  /** For private repositories. */
  readonly accessToken?: string;
  /** What makes requests; default the global one. */
  readonly fetch?: typeof fetch;
  /** Asks nobody, and takes what the cache has; default: whether the environment has HF_HUB_OFFLINE=1. */
  readonly offline?: boolean;
}

/** A file on the Hugging Face hub, `hf:timm/vgg16.tv_in1k@main/model.safetensors`. */
export interface HuggingFaceFile {
  /** `timm/vgg16.tv_in1k`. */
  readonly repository: string;
  /** A branch, tag or commit; default `main`. */
  readonly revision: string;
  /** Default `model.safetensors`. */
  readonly path: string;
}

const ADDRESS = /^hf:([\w.-]+\/[\w.-]+)(?:@([\w.-]+))?(?:\/([\w./-]+))?$/;

/** @throws ValueError when it is no such address. */
export function parseHuggingFaceAddress(address: string): HuggingFaceFile {
  const [, repository, revision = "main", path = "model.safetensors"] = ADDRESS.exec(address) ?? [];
  const steps = [revision, ...path.split("/")];
  if (repository !== undefined && !steps.some((step) => step === "." || step === ".."))
    return { repository, revision, path };
  throw new ValueError({
    problem: `"${address}" is no address of a file on the Hugging Face hub.`,
    fix: "write hf:OWNER/NAME, hf:OWNER/NAME@REVISION or hf:OWNER/NAME/FILE.",
  });
}

/**
 * Downloads a file from the Hugging Face hub, unless it is in the cache, and checks its SHA-256 against the one that the
 * hub keeps with the commit. In the cache it has that number as its name: a damaged file is fetched again.
 *
 * When the hub cannot be reached, the cache's file of this revision serves, if its SHA-256 is right; a warning of the process
 * says so. A revision that is a commit (40 hexadecimal digits) cannot change: from the cache it is taken without asking.
 *
 * @returns the path of the file in the cache.
 * @throws FormatError when what arrived is not what the hub says. @throws ValueError when there is no such file.
 * @throws BackendError when the hub does not answer and the cache has no whole file.
 */
export async function downloadFromHuggingFace(address: string, options: HuggingFaceOptions = {}): Promise<string> {
  const file = parseHuggingFaceAddress(address);
  const hub = await import("@huggingface/hub");
  const { cacheDir = hub.getHFHubCachePath(), offline = isOffline(), ...access_ } = options;
  const cache = new Cache(join(cacheDir, hub.getRepoFolderName({ name: file.repository, type: "model" })), file);
  if (offline || COMMIT.test(file.revision)) {
    const cached = await cache.find();
    if (cached !== null) return cached;
    if (offline) throw notCached(address, cache, "nobody is asked (HF_HUB_OFFLINE, or offline: true)");
  }
  const { repository, revision, path } = file;
  const request = { repo: repository, revision, ...access_ };
  try {
    const info = await asked(address, () => hub.pathsInfo({ ...request, paths: [path] }));
    const sha256 = requireChecksum(address, info[0]);
    const blob = cache.blob(sha256);
    if (!(await isWhole(blob, sha256))) {
      const content = await asked(address, () => hub.downloadFile({ ...request, path }));
      if (content === null) throw noSuchFile(address);
      await mkdir(dirname(blob), { recursive: true });
      await save(address, content, blob, sha256);
    }
    if (!(await cache.pointsTo(blob))) {
      const { sha } = await asked(address, () =>
        hub.modelInfo({ name: repository, revision, additionalFields: ["sha"], ...access_ }),
      );
      await cache.point(sha, blob);
    }
    return blob;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const cached = await cache.find();
    if (cached === null) throw notCached(address, cache, error.problem, error);
    process.emitWarning(`${error.problem.trim()}; the file that was downloaded before is used.`);
    return cached;
  }
}

function isOffline(): boolean {
  return /^(?:1|on|yes|true)$/i.test(process.env["HF_HUB_OFFLINE"] ?? "");
}

const COMMIT = /^[0-9a-f]{40}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/**
 * A repository in Hugging Face's cache: `refs/main` holds the commit of a branch, `snapshots/COMMIT/PATH` links to
 * `blobs/SHA256`. Python's tools write the same, and find what is written here.
 */
class Cache {
  readonly folder: string;
  readonly #file: HuggingFaceFile;

  constructor(folder: string, file: HuggingFaceFile) {
    this.folder = folder;
    this.#file = file;
  }

  blob(sha256: string): string {
    return join(this.folder, "blobs", sha256);
  }

  /** The file of this revision, when it is there and whole. */
  async find(): Promise<string | null> {
    const file = await this.#target();
    if (file === null) return null;
    return (await isWhole(file, basename(file))) ? file : null;
  }

  async pointsTo(blob: string): Promise<boolean> {
    const target = await this.#target();
    return target !== null && target === (await realpath(blob));
  }

  /** Notes that a commit, which is the revision's now, has this blob as the file. */
  async point(commit: string, blob: string): Promise<void> {
    const link = this.#link(commit);
    await mkdir(dirname(link), { recursive: true });
    await rm(link, { force: true });
    try {
      await symlink(relative(dirname(link), blob), link);
    } catch {
      // Windows forbids links to most users: then the file is there, but the next time needs the hub to say its name.
      return;
    }
    const { revision } = this.#file;
    if (revision === commit) return;
    await mkdir(join(this.folder, "refs"), { recursive: true });
    await writeFileAtomically(join(this.folder, "refs", revision), commit);
  }

  #link(commit: string): string {
    return join(this.folder, "snapshots", commit, ...this.#file.path.split("/"));
  }

  /** What the link of this revision leads to, if that is named by a SHA-256. */
  async #target(): Promise<string | null> {
    const { revision } = this.#file;
    const commit = COMMIT.test(revision)
      ? revision
      : await readFile(join(this.folder, "refs", revision), "utf8").catch(() => null);
    if (commit === null || !COMMIT.test(commit.trim())) return null;
    const target = await realpath(this.#link(commit.trim())).catch(() => null);
    return target !== null && SHA256.test(basename(target)) ? target : null;
  }
}

async function isWhole(file: string, sha256: string): Promise<boolean> {
  return (await exists(file)) && (await sha256Of(file)) === sha256;
}

/** The hub, or the way to it, is out of order; what it says of a file would be another error. */
class Unreachable extends BackendError {}

function notCached(address: string, cache: Cache, reason: string, cause?: unknown): BackendError {
  return new BackendError({
    problem: `${address}: it is not in the cache, and ${reason.replace(`${address}: `, "")}`,
    operands: [{ name: "cache", value: cache.folder }],
    fix: "connect once, or download the file by hand and pass its path.",
    cause,
  });
}

/** Files of weights are in Git LFS, which names them by their SHA-256. */
function requireChecksum(address: string, info: PathInfo | undefined): string {
  if (info === undefined) throw noSuchFile(address);
  const sha256 = info.lfs?.oid.replace(/^sha256:/, "");
  if (sha256 !== undefined && SHA256.test(sha256)) return sha256;
  throw new FormatError({
    problem: `${address}: the hub has no SHA-256 for this file.`,
    fix: "download it by hand, and check it.",
  });
}

/** The file appears under its name only when all of it is there and right. */
async function save(address: string, blob: Blob, file: string, sha256: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.incomplete`;
  const hash = createHash("sha256");
  try {
    await pipeline(
      blob.stream(),
      async function* hashed(stream: AsyncIterable<Uint8Array>) {
        for await (const piece of stream) {
          hash.update(piece);
          yield piece;
        }
      },
      createWriteStream(temporary, { flags: "wx", flush: true }),
    );
    const actual = hash.digest("hex");
    if (actual !== sha256) {
      throw new FormatError({
        problem: `${address}: what arrived is not the file that the hub names.`,
        operands: [
          { name: "expected", value: sha256, note: "SHA-256" },
          { name: "arrived", value: actual },
        ],
        fix: "try again; if it stays so, something between you and the hub changes files.",
      });
    }
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** An answer of the hub, or an error that says which file it was about. */
async function asked<T>(address: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    const status = cause instanceof Error && "statusCode" in cause ? Number(cause.statusCode) : undefined;
    if (status === 404) throw noSuchFile(address, cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    const details = { problem: `${address}: the hub did not answer: ${reason}`, cause };
    if (status === undefined || status >= 500 || status === 429)
      throw new Unreachable({ ...details, fix: "look at the network, or download the file by hand." });
    const fix =
      status === 401 || status === 403 ? "pass an accessToken that may read it." : "download the file by hand.";
    throw new BackendError({ ...details, fix });
  }
}

function noSuchFile(address: string, cause?: unknown): ValueError {
  return new ValueError({
    problem: `${address}: the hub has no such file.`,
    fix: "look at owner, name, revision and file name.",
    cause,
  });
}
