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

/** Frame headers have the markers 0xc0 to 0xcf but these: DHT, JPG, DAC. */
const NO_FRAME: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/** How many components a JPEG file's pixels have: 1 is grey, 3 colours, 4 inks. Null where no frame header is found. */
export function jpegComponents(bytes: Uint8Array): number | null {
  for (let at = 2; at + 9 < bytes.length;) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff) return null;
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) return bytes[at + 9]!;
    // 0xff before a marker is filling; a segment's length is in its first two bytes.
    at += marker === 0xff ? 1 : 2 + (bytes[at + 2]! << 8) + bytes[at + 3]!;
  }
  return null;
}
