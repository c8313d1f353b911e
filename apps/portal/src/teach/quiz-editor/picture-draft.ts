import type { AuthoredQuiz } from './authored-quiz.ts'
import { isWritten, type Line, lineOf, newKey, sharedChoices } from './lines.ts'
import { typedText } from './typed-text.ts'

type Authored = AuthoredQuiz['questions'][number]
type BodyOf<T> = Extract<Authored, { type: T; body: unknown }>['body']

export type HotspotDraft = BodyOf<'hotspot'>
export type Area = HotspotDraft['areas'][number]
export type Picture = NonNullable<HotspotDraft['picture']>
/** Teachers write each label beside its place. The same text twice is one label. */
export type LabellingDraft = {
  picture: Picture | null
  targets: { key: string; x: number; y: number; label: string; labelKey: string }[]
  others: Line[]
}

export const emptyHotspot = (): HotspotDraft => ({ picture: null, areas: [], points: 1 })
export const emptyLabelling = (): LabellingDraft => ({ picture: null, targets: [], others: [] })

/** A place for a label; learners get both keys, so one must not tell the other. */
export const newTarget = (at: number): LabellingDraft['targets'][number] => ({
  key: newKey(),
  // One beside another, so that none hides the one before.
  x: 0.15 + 0.14 * (at % 6),
  y: 0.2 + 0.15 * (Math.floor(at / 6) % 5),
  label: '',
  labelKey: newKey(),
})

/** An area of a shape in the middle of the picture, to be put where it belongs. */
export function newArea(shape: Area['shape']): Area {
  const named = { id: newKey(), name: '' }
  if (shape === 'rectangle') return { ...named, shape, x: 0.35, y: 0.35, width: 0.3, height: 0.3 }
  if (shape === 'circle') return { ...named, shape, x: 0.5, y: 0.5, radius: 0.12 }
  const corners = [
    { x: 0.5, y: 0.3 },
    { x: 0.68, y: 0.65 },
    { x: 0.32, y: 0.65 },
  ]
  return { ...named, shape, corners }
}

export function labellingDraftOf({ picture, targets, labels, pairs }: BodyOf<'labelling'>): LabellingDraft {
  const used = new Set(Object.values(pairs))
  const textOf = new Map(labels.map(({ id, content }) => [id, typedText(content)]))
  return {
    picture,
    targets: targets.map(({ id, x, y }) => ({
      key: id,
      x,
      y,
      label: textOf.get(pairs[id] ?? '') ?? '',
      labelKey: pairs[id] ?? newKey(),
    })),
    others: labels.filter(({ id }) => !used.has(id)).map(lineOf),
  }
}

export function labellingOf({ picture, targets, others }: LabellingDraft): BodyOf<'labelling'> {
  const labels = sharedChoices()
  const right = targets.flatMap(({ key, label, labelKey }) =>
    label.trim() ? [[key, labels.idOf(label, labelKey)] as const] : [],
  )
  for (const { key, text } of others.filter(isWritten)) labels.idOf(text, key)
  return {
    picture,
    targets: targets.map(({ key, x, y }) => ({ id: key, x, y })),
    labels: labels.parts(),
    pairs: Object.fromEntries(right),
  }
}

/** At least as many points as areas may be marked: else no one could mark them all. */
export const hotspotOf = (body: HotspotDraft): HotspotDraft => ({
  ...body,
  points: Math.max(body.points, body.areas.length, 1),
})
