import { withGaps } from './gap-marks.ts'

type Shown = { type: string; content: string; body?: unknown }

/** What the parts of an imported question ask, in their order. */
const promptsOf = ({ type, body }: Shown): string[] =>
  type === 'item'
    ? ((body as { parts?: { prompt: string }[] } | undefined)?.parts ?? []).map(part => part.prompt)
    : []

/** The text of a question where nothing is filled in: each gap is its number, each part its number and what it asks. */
export function shownText(question: Shown): string {
  const { type, content } = question
  if (type !== 'cloze' && type !== 'item') return content
  const prompts = promptsOf(question)
  return withGaps(content, number =>
    [`<strong>[${number}]</strong>`, prompts[Number(number) - 1] ?? ''].join(' ').trim(),
  )
}
