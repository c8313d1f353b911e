/**
 * Numbers that look drawn by chance and are the same for the same seed, everywhere and in ten years: mulberry32 by Tommy
 * Ettinger (public domain), on integers of 32 bits.
 */
export type Draw = () => number

/** @returns numbers from 0 up to, but not including, 1. */
export function seededDraw(seed: number): Draw {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
