/** Formats that are decoded, and how their files begin. What else libvips reads (SVG, PDF) may be hostile in other ways. */
const SIGNATURES: readonly (readonly [format: string, offset: number, bytes: readonly number[] | string])[] = [
  ["jpeg", 0, [0xff, 0xd8, 0xff]],
  ["png", 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["gif", 0, "GIF8"],
  ["webp", 8, "WEBP"],
  ["tiff", 0, [0x49, 0x49, 0x2a, 0x00]],
  ["tiff", 0, [0x4d, 0x4d, 0x00, 0x2a]],
  ["avif", 4, "ftypavif"],
];

/** Endings of files that are taken for pictures. */
export const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  "jpg",
  "jpeg",
  "jpe",
  "jfif",
  "png",
  "gif",
  "webp",
  "tif",
  "tiff",
  "avif",
]);

/** The format that a file's first bytes say, or null. */
export function sniffFormat(bytes: Uint8Array): string | null {
  for (const [format, offset, signature] of SIGNATURES) {
    const wanted = typeof signature === "string" ? new TextEncoder().encode(signature) : signature;
    if (wanted.every((byte, index) => bytes[offset + index] === byte)) return format;
  }
  return null;
}
