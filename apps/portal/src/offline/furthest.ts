import type { Progress } from './database.ts'

/** Both of two states of a lesson. Progress never goes back, so sending it twice, or late, does no harm. */
export function furthest(a: Progress | undefined, b: Progress): Progress {
  return {
    lessonId: b.lessonId,
    completed: Boolean(a?.completed || b.completed),
    positionPercent: Math.max(a?.positionPercent ?? 0, b.positionPercent ?? 0),
    positionSeconds: Math.max(a?.positionSeconds ?? 0, b.positionSeconds ?? 0),
  }
}
