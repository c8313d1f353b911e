/** Whole seconds from `nowMs` (milliseconds since 1970) to the ISO time `end`, not below 0. */
export function leftSeconds(end: string, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(end) - nowMs) / 1000))
}

/** Seconds as a clock: `4:05`, `1:00:00`. */
export function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] ? parts : parts.slice(1)
  return shown.map((part, index) => (index ? String(part).padStart(2, '0') : part)).join(':')
}
