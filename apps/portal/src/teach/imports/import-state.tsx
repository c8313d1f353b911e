import type { courseImport } from '@azora/contracts/education/import.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import type { z } from 'zod'

export type CourseImport = z.infer<typeof courseImport>

const tones: Record<ImportStanding, Tone> = {
  waiting: 'neutral',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'neutral',
}

export type ImportStanding = CourseImport['status'] | 'cancelled'

/** A cancelled import is a failed one in the API, but nothing went wrong. */
export function standingOf({ status, error }: Pick<CourseImport, 'status' | 'error'>): ImportStanding {
  return status === 'failed' && error?.code === 'cancelled' ? 'cancelled' : status
}

/** How an import stands; `label` is its word. */
export function ImportState({ standing, label }: { standing: ImportStanding; label: string }) {
  return <Badge tone={tones[standing]}>{label}</Badge>
}
