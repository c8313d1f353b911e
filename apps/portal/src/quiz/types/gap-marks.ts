/** The text of a question with something else for each mark of a gap, `[[1]]`; within a tag there is no gap. */
export const withGaps = (html: string, gap: (number: string) => string) =>
  html.replace(/<[^>]*>|\[\[(\d{1,3})\]\]/g, (found, number?: string) => (number ? gap(number) : found))
