import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { PathInfo } from "@huggingface/hub";
import { BackendError, FormatError, ValueError } from "../../core/errors.ts";

export interface HuggingFaceOptions {
  /** Where downloads are kept; default: Hugging Face's own cache, which Python's tools share. */
  readonly cacheDir?: string;
  /** Default https://huggingface.co. */
  readonly hubUrl?: string;
  /** For private repositories. */
  readonly accessToken?: string;
  /** What makes requests; default the global one. */
  readonly fetch?: typeof fetch;
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
  if (repository !== undefined && !path.split("/").includes("..")) return { repository, revision, path };
  throw new ValueError({
    problem: `"${address}" is no address of a file on the Hugging Face hub.`,
    fix: "write hf:OWNER/NAME, hf:OWNER/NAME@REVISION or hf:OWNER/NAME/FILE.",
  });
}

/**
 * Downloads a file from the Hugging Face hub, unless it is in the cache, and checks its SHA-256 against the one that the
 * hub keeps with the commit. In the cache it has that number as its name: a damaged file is fetched again.
 *
 * @returns the path of the file in the cache.
 * @throws FormatError when what arrived is not what the hub says. @throws ValueError when there is no such file.
 * @throws BackendError when the hub does not answer.
 */
export async function downloadFromHuggingFace(address: string, options: HuggingFaceOptions = {}): Promise<string> {
  const { repository, revision, path } = parseHuggingFaceAddress(address);
  const hub = await import("@huggingface/hub");
  const { cacheDir = hub.getHFHubCachePath(), ...access_ } = options;
  const request = { repo: repository, revision, ...access_ };
  const info = await asked(address, () => hub.pathsInfo({ ...request, paths: [path] }));
  const sha256 = requireChecksum(address, info[0]);
  const folder = join(cacheDir, hub.getRepoFolderName({ name: repository, type: "model" }), "blobs");
  const file = join(folder, sha256);
  if ((await exists(file)) && (await sha256Of(file)) === sha256) return file;
  const blob = await asked(address, () => hub.downloadFile({ ...request, path }));
  if (blob === null) throw noSuchFile(address);
  await mkdir(folder, { recursive: true });
  await save(address, blob, file, sha256);
  return file;
}

/** Files of weights are in Git LFS, which names them by their SHA-256. */
function requireChecksum(address: string, info: PathInfo | undefined): string {
  if (info === undefined) throw noSuchFile(address);
  const sha256 = info.lfs?.oid.replace(/^sha256:/, "");
  if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256)) return sha256;
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
    const fix =
      status === 401 || status === 403
        ? "pass an accessToken that may read it."
        : "look at the network, or download the file by hand.";
    throw new BackendError({ problem: `${address}: the hub did not answer: ${reason}`, fix, cause });
  }
}

function noSuchFile(address: string, cause?: unknown): ValueError {
  return new ValueError({
    problem: `${address}: the hub has no such file.`,
    fix: "look at owner, name, revision and file name.",
    cause,
  });
}
