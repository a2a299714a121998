import { type Image, toBytes } from "../../data/image.ts";
import { loadSharp } from "./decode.ts";

export interface EncodeOptions {
  readonly format: "png" | "jpeg";
  /** Of JPEG, 1 to 100; default 90. */
  readonly quality?: number;
}

/** A picture of one or three channels as the bytes of a PNG or JPEG file. */
export async function encodeImage(picture: Image, { format, quality = 90 }: EncodeOptions): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const { height, width, channels } = picture;
  const raw = { height, width, channels: channels === 1 ? 1 : 3 } as const;
  const encoder = sharp(toBytes(picture).pixels, { raw });
  return format === "png" ? encoder.png().toBuffer() : encoder.jpeg({ quality, chromaSubsampling: "4:4:4" }).toBuffer();
}
