import { Badge, type Tone } from '@azora/ui/badge.tsx'

const tones: Record<string, Tone> = { GET: 'info', POST: 'good', PUT: 'amber', PATCH: 'amber', DELETE: 'bad' }

/** The method of an operation; each has its colour, as the operations are told apart by it. */
export const MethodBadge = ({ method }: { method: string }) => (
  <span className="inline-flex w-18 shrink-0">
    <Badge tone={tones[method] ?? 'neutral'}>{method}</Badge>
  </span>
)
