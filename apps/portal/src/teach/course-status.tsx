import type { courseStatus } from '@azora/contracts/education/shapes.ts'
import { Badge, type Tone } from '@azora/ui/badge.tsx'
import type { z } from 'zod'

const tones: Record<z.infer<typeof courseStatus>, Tone> = {
  draft: 'amber',
  published: 'good',
  archived: 'neutral',
}

/** Whether a course is a draft, published or archived; `label` is its word. */
export function CourseStatus({ status, label }: { status: z.infer<typeof courseStatus>; label: string }) {
  return <Badge tone={tones[status]}>{label}</Badge>
}
