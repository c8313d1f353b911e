import type { courseImport } from '@azora/contracts/education/import.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import type { z } from 'zod'

export type CourseImport = z.infer<typeof courseImport>

const tones: Record<CourseImport['status'], Tone> = {
  waiting: 'neutral',
  running: 'info',
  done: 'good',
  failed: 'bad',
}

/** How an import stands; `label` is its word. */
export function ImportState({ status, label }: { status: CourseImport['status']; label: string }) {
  return <Badge tone={tones[status]}>{label}</Badge>
}
