import { withGaps } from './gap-marks.ts'

/** The text of a question where nothing is filled in: each gap is its number. */
export const shownText = ({ type, content }: { type: string; content: string }) =>
  type === 'cloze' || type === 'item' ? withGaps(content, number => `<strong>[${number}]</strong>`) : content
