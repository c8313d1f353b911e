import { Badge, type Tone } from '@azora/ui/badge.tsx'

type LevelMarkProps = {
  levels: readonly { id: string; name: string }[]
  levelId: string
  judged?: boolean
}

/** A level by its name, with its place among the others in dots and in colour. */
export function LevelMark({ levels, levelId, judged }: LevelMarkProps) {
  const at = levels.findIndex(({ id }) => id === levelId)
  const last = levels.length - 1
  const tone: Tone = at === last ? 'good' : at <= 0 ? 'neutral' : 'info'
  return (
    <Badge tone={tone}>
      <span aria-hidden="true" className="text-xs tracking-tighter">
        {'●'.repeat(Math.max(0, at))}
        {'○'.repeat(Math.max(0, last - at))}
      </span>
      {/* A long name goes on in another line rather than past the edge of a small screen. */}
      <span className="min-w-0 whitespace-normal wrap-anywhere">{levels[at]?.name ?? ''}</span>
      {judged ? <span aria-hidden="true">*</span> : null}
    </Badge>
  )
}
