type Passage = { start: number; end: number }

/** A piece of a text, and the places in the list of the passages that cover it or end with it. */
export type Segment = { text: string; covering: number[]; ending: number[] }

/** A text cut wherever a passage begins or ends; passages may overlap. */
export function segmentsOf(text: string, passages: Passage[]): Segment[] {
  const cuts = [...new Set([0, text.length, ...passages.flatMap(({ start, end }) => [start, end])])]
    .filter(at => at >= 0 && at <= text.length)
    .toSorted((a, b) => a - b)
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0
    const where = (holds: (passage: Passage) => boolean) =>
      passages.flatMap((passage, at) => (holds(passage) ? [at] : []))
    return {
      text: text.slice(start, end),
      covering: where(passage => passage.start <= start && passage.end >= end),
      ending: where(passage => passage.end === end),
    }
  })
}
