import type { lessonKind } from '@azora/contracts/education/shapes.ts'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import type { z } from 'zod'

const icons: Record<z.infer<typeof lessonKind>, IconName> = {
  page: 'book',
  video: 'video',
  file: 'file',
  link: 'link',
  quiz: 'quiz',
}

/** What a lesson is, as an icon with its name for those who do not see it. */
export function LessonKindIcon({ kind, label }: { kind: z.infer<typeof lessonKind>; label: string }) {
  return (
    <span className="text-muted">
      <Icon name={icons[kind]} />
      <span className="sr-only">{label}:</span>
    </span>
  )
}
