/** The micro-kernel with its left side in rows; see micro-kernel.ts. */

import { finish16, finish8, singleSteps, Tile } from "./micro-kernel";
import { madd } from "./simd";

/** Left side in rows, 16 columns. */
// @ts-ignore: decorator
@inline
function rows16(t: Tile, rows: i32): void {
  let s00 = f32x4.splat(0),
    s01 = f32x4.splat(0),
    s02 = f32x4.splat(0),
    s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0),
    s11 = f32x4.splat(0),
    s12 = f32x4.splat(0),
    s13 = f32x4.splat(0);
  let s20 = f32x4.splat(0),
    s21 = f32x4.splat(0),
    s22 = f32x4.splat(0),
    s23 = f32x4.splat(0);
  let s30 = f32x4.splat(0),
    s31 = f32x4.splat(0),
    s32 = f32x4.splat(0),
    s33 = f32x4.splat(0);
  let s40 = f32x4.splat(0),
    s41 = f32x4.splat(0),
    s42 = f32x4.splat(0),
    s43 = f32x4.splat(0);
  let s50 = f32x4.splat(0),
    s51 = f32x4.splat(0),
    s52 = f32x4.splat(0),
    s53 = f32x4.splat(0);
  const length = (<usize>t.runLength) << 6;
  let panel = t.panel;
  const left = t.left;
  if (length != 0) {
    const lastRun = t.runs + ((<usize>t.runCount) << 2);
    for (let run = t.runs; run < lastRun; run += 4) {
      const offset = load<usize>(run);
      let a0 = load<usize>(left) + offset;
      let a1 = rows > 1 ? load<usize>(left, 4) + offset : 0;
      let a2 = rows > 2 ? load<usize>(left, 8) + offset : 0;
      let a3 = rows > 3 ? load<usize>(left, 12) + offset : 0;
      let a4 = rows > 4 ? load<usize>(left, 16) + offset : 0;
      let a5 = rows > 5 ? load<usize>(left, 20) + offset : 0;
      const end = panel + length;
      const single = panel + singleSteps(length);
      for (const steps of [1, 8]) {
        const until = steps == 1 ? single : end;
        while (panel < until) {
          for (const k of [0, 1, 2, 3, 4, 5, 6, 7]) {
            if (k < steps) {
              const b0 = v128.load(panel, k * 64);
              const b1 = v128.load(panel, k * 64 + 16);
              const b2 = v128.load(panel, k * 64 + 32);
              const b3 = v128.load(panel, k * 64 + 48);
              const x0 = v128.load32_splat(a0, k * 4);
              s00 = madd(x0, b0, s00);
              s01 = madd(x0, b1, s01);
              s02 = madd(x0, b2, s02);
              s03 = madd(x0, b3, s03);
              if (rows > 1) {
                const x1 = v128.load32_splat(a1, k * 4);
                s10 = madd(x1, b0, s10);
                s11 = madd(x1, b1, s11);
                s12 = madd(x1, b2, s12);
                s13 = madd(x1, b3, s13);
              }
              if (rows > 2) {
                const x2 = v128.load32_splat(a2, k * 4);
                s20 = madd(x2, b0, s20);
                s21 = madd(x2, b1, s21);
                s22 = madd(x2, b2, s22);
                s23 = madd(x2, b3, s23);
              }
              if (rows > 3) {
                const x3 = v128.load32_splat(a3, k * 4);
                s30 = madd(x3, b0, s30);
                s31 = madd(x3, b1, s31);
                s32 = madd(x3, b2, s32);
                s33 = madd(x3, b3, s33);
              }
              if (rows > 4) {
                const x4 = v128.load32_splat(a4, k * 4);
                s40 = madd(x4, b0, s40);
                s41 = madd(x4, b1, s41);
                s42 = madd(x4, b2, s42);
                s43 = madd(x4, b3, s43);
              }
              if (rows > 5) {
                const x5 = v128.load32_splat(a5, k * 4);
                s50 = madd(x5, b0, s50);
                s51 = madd(x5, b1, s51);
                s52 = madd(x5, b2, s52);
                s53 = madd(x5, b3, s53);
              }
              if (length == 0) break; // Never: see "Steps".
            }
          }
          a0 += steps * 4;
          if (rows > 1) a1 += steps * 4;
          if (rows > 2) a2 += steps * 4;
          if (rows > 3) a3 += steps * 4;
          if (rows > 4) a4 += steps * 4;
          if (rows > 5) a5 += steps * 4;
          panel += steps * 64;
        }
      }
    }
  }
  const floor = f32x4.splat(t.floor);
  const base = t.base;
  const column = t.outColumn;
  finish16(t, 0, column, base, floor, s00, s01, s02, s03);
  if (rows > 1) finish16(t, 4, column, base, floor, s10, s11, s12, s13);
  if (rows > 2) finish16(t, 8, column, base, floor, s20, s21, s22, s23);
  if (rows > 3) finish16(t, 12, column, base, floor, s30, s31, s32, s33);
  if (rows > 4) finish16(t, 16, column, base, floor, s40, s41, s42, s43);
  if (rows > 5) finish16(t, 20, column, base, floor, s50, s51, s52, s53);
}

/** Left side in rows, 8 columns, those at byte `half` of the panel and the output. */
// @ts-ignore: decorator
@inline
function rows8(t: Tile, rows: i32, half: usize): void {
  let s00 = f32x4.splat(0),
    s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0),
    s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0),
    s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0),
    s31 = f32x4.splat(0);
  let s40 = f32x4.splat(0),
    s41 = f32x4.splat(0);
  let s50 = f32x4.splat(0),
    s51 = f32x4.splat(0);
  const length = (<usize>t.runLength) << 6;
  let panel = t.panel + half;
  const left = t.left;
  if (length != 0) {
    const lastRun = t.runs + ((<usize>t.runCount) << 2);
    for (let run = t.runs; run < lastRun; run += 4) {
      const offset = load<usize>(run);
      let a0 = load<usize>(left) + offset;
      let a1 = rows > 1 ? load<usize>(left, 4) + offset : 0;
      let a2 = rows > 2 ? load<usize>(left, 8) + offset : 0;
      let a3 = rows > 3 ? load<usize>(left, 12) + offset : 0;
      let a4 = rows > 4 ? load<usize>(left, 16) + offset : 0;
      let a5 = rows > 5 ? load<usize>(left, 20) + offset : 0;
      const end = panel + length;
      const single = panel + singleSteps(length);
      for (const steps of [1, 8]) {
        const until = steps == 1 ? single : end;
        while (panel < until) {
          for (const k of [0, 1, 2, 3, 4, 5, 6, 7]) {
            if (k < steps) {
              const b0 = v128.load(panel, k * 64);
              const b1 = v128.load(panel, k * 64 + 16);
              const x0 = v128.load32_splat(a0, k * 4);
              s00 = madd(x0, b0, s00);
              s01 = madd(x0, b1, s01);
              if (rows > 1) {
                const x1 = v128.load32_splat(a1, k * 4);
                s10 = madd(x1, b0, s10);
                s11 = madd(x1, b1, s11);
              }
              if (rows > 2) {
                const x2 = v128.load32_splat(a2, k * 4);
                s20 = madd(x2, b0, s20);
                s21 = madd(x2, b1, s21);
              }
              if (rows > 3) {
                const x3 = v128.load32_splat(a3, k * 4);
                s30 = madd(x3, b0, s30);
                s31 = madd(x3, b1, s31);
              }
              if (rows > 4) {
                const x4 = v128.load32_splat(a4, k * 4);
                s40 = madd(x4, b0, s40);
                s41 = madd(x4, b1, s41);
              }
              if (rows > 5) {
                const x5 = v128.load32_splat(a5, k * 4);
                s50 = madd(x5, b0, s50);
                s51 = madd(x5, b1, s51);
              }
              if (length == 0) break; // Never: see "Steps".
            }
          }
          a0 += steps * 4;
          if (rows > 1) a1 += steps * 4;
          if (rows > 2) a2 += steps * 4;
          if (rows > 3) a3 += steps * 4;
          if (rows > 4) a4 += steps * 4;
          if (rows > 5) a5 += steps * 4;
          panel += steps * 64;
        }
      }
    }
  }
  const floor = f32x4.splat(t.floor);
  const base = t.base;
  const column = t.outColumn + half;
  finish8(t, 0, column, base, floor, s00, s01, half);
  if (rows > 1) finish8(t, 4, column, base, floor, s10, s11, half);
  if (rows > 2) finish8(t, 8, column, base, floor, s20, s21, half);
  if (rows > 3) finish8(t, 12, column, base, floor, s30, s31, half);
  if (rows > 4) finish8(t, 16, column, base, floor, s40, s41, half);
  if (rows > 5) finish8(t, 20, column, base, floor, s50, s51, half);
}

function rows6(t: Tile): void {
  rows16(t, 6);
}
function rows6Halves(t: Tile): void {
  rows8(t, 6, 0);
  rows8(t, 6, 32);
}

function rows4(t: Tile): void {
  rows16(t, 4);
}
function rows4Halves(t: Tile): void {
  rows8(t, 4, 0);
  rows8(t, 4, 32);
}

function rows2(t: Tile): void {
  rows16(t, 2);
}
function rows2Halves(t: Tile): void {
  rows8(t, 2, 0);
  rows8(t, 2, 32);
}

function rows1(t: Tile): void {
  rows16(t, 1);
}
function rows1Halves(t: Tile): void {
  rows8(t, 1, 0);
  rows8(t, 1, 32);
}

/** Computes one tile of 6, 4, 2 or 1 rows, left side in rows; `halves` as two halves of 8 columns. */
export function rowsTile(t: Tile, rows: i32, halves: bool): void {
  if (halves) {
    if (rows == 6) rows6Halves(t);
    else if (rows == 4) rows4Halves(t);
    else if (rows == 2) rows2Halves(t);
    else rows1Halves(t);
  } else {
    if (rows == 6) rows6(t);
    else if (rows == 4) rows4(t);
    else if (rows == 2) rows2(t);
    else rows1(t);
  }
}
