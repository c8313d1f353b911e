import type { OutputOf } from '@azora/web/calls/operations.ts'

export type Bucket = OutputOf<'integrations.getUsage'>['items'][number]

export const spans = ['day', 'week', 'month'] as const
export type Span = (typeof spans)[number]

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const shapes = {
  day: { by: 'hour', count: 24 },
  week: { by: 'day', count: 7 },
  month: { by: 'day', count: 30 },
} as const

/** The hours or days (UTC, as they are counted) up to and with the one of this moment. */
export function spanOf(span: Span, now: number): { by: 'hour' | 'day'; from: number; until: number } {
  const { by, count } = shapes[span]
  const step = by === 'hour' ? hourMs : dayMs
  const until = Math.ceil((now + 1) / step) * step
  return { by, from: until - count * step, until }
}

/** The buckets of a span, also those in which nobody asked. */
export function filledBuckets(items: Bucket[], span: Span, now: number): Bucket[] {
  const { by, from, until } = spanOf(span, now - 1)
  const step = by === 'hour' ? hourMs : dayMs
  const known = new Map(items.map(item => [Math.floor(Date.parse(item.at) / step) * step, item]))
  const filled: Bucket[] = []
  for (let at = from; at < until; at += step)
    filled.push(
      known.get(at) ?? { at: new Date(at).toISOString(), requests: 0, limited: 0, refused: 0, failed: 0 },
    )
  return filled
}

/** A round number at or above the most, with which the axis ends. */
export function niceTop(most: number): number {
  if (most <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 5, 10].map(step => step * power).find(top => top >= most) ?? most
}
