/** The first stage as a launch of its own: V of images, or W of the gradient of results, of many tiles, for all tasks of the products. */

import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { Gradients, Images, Side, startTiling, Tiling, transformTiles } from "./winograd-strip";

@unmanaged
export class WinogradTransformArgs extends Tiling {
  /** V: [points²][tiles][channels rounded up to 8]; W: [points²][ceil(channels / 16)][tiles][16]; pitched as Tiling says. */
  to: usize;
  /** Tiles of this launch; they are counted through all images, row by row. */
  firstTile: i32;
  tiles: i32;
}

/** Tasks: ceil(tiles / strip). Scratch: what `startTiling` says. */
// @ts-ignore: decorator
@inline
function transformStrip<S extends Side>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradTransformArgs>(args);
  const first = task * g.strip;
  startTiling<S>(g, scratch);
  transformTiles<S>(g, scratch, g.firstTile + first, min(g.strip, g.tiles - first), g.to + <usize>first * g.tilePitch);
}

export function winogradImages4x3(args: usize, task: i32, scratch: usize): void {
  transformStrip<Images<Form4x3>>(args, task, scratch);
}

export function winogradImages2x5(args: usize, task: i32, scratch: usize): void {
  transformStrip<Images<Form2x5>>(args, task, scratch);
}

export function winogradImages6x3(args: usize, task: i32, scratch: usize): void {
  transformStrip<Images<Form6x3>>(args, task, scratch);
}

export function winogradImages4x5(args: usize, task: i32, scratch: usize): void {
  transformStrip<Images<Form4x5>>(args, task, scratch);
}

export function winogradGradients4x3(args: usize, task: i32, scratch: usize): void {
  transformStrip<Gradients<Form4x3>>(args, task, scratch);
}

export function winogradGradients2x5(args: usize, task: i32, scratch: usize): void {
  transformStrip<Gradients<Form2x5>>(args, task, scratch);
}

export function winogradGradients6x3(args: usize, task: i32, scratch: usize): void {
  transformStrip<Gradients<Form6x3>>(args, task, scratch);
}

export function winogradGradients4x5(args: usize, task: i32, scratch: usize): void {
  transformStrip<Gradients<Form4x5>>(args, task, scratch);
}
