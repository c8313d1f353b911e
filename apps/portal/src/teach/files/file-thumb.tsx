import { Icon } from '@azora/ui/icon.tsx'
import type { CourseFile } from './use-course-files.ts'

// A larger picture costs more to load than it tells at this size.
const mostThumbBytes = 400_000

/** A small picture of a file, or a sign of what it is. Its name stands beside it. */
export function FileThumb({ file }: { file: CourseFile }) {
  const [kind] = file.mediaType.split('/')
  return (
    <span className="grid size-12 shrink-0 place-items-center overflow-hidden rounded-control bg-sunken text-muted">
      {kind === 'image' && file.size <= mostThumbBytes ? (
        // The time makes the page fetch a replaced picture, which it would else have in memory.
        <img
          src={`${file.url}?at=${encodeURIComponent(file.updatedAt)}`}
          alt=""
          loading="lazy"
          className="size-full object-cover"
        />
      ) : (
        <Icon name={kind === 'image' ? 'image' : kind === 'video' ? 'video' : 'file'} />
      )}
    </span>
  )
}
