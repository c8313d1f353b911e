import { limits } from '@azora/contracts/limits.ts'
import type { api } from '../../lib/api.server.ts'

type Quiz = Awaited<ReturnType<Awaited<ReturnType<typeof api>>['assessment']['editQuiz']>>

/** Whether learners have it in different variants, so that one is asked for by its number. */
export const hasVariants = ({ questions, shuffleAnswers }: Pick<Quiz, 'questions' | 'shuffleAnswers'>) =>
  shuffleAnswers || questions.some(({ type, parameters }) => type === 'item' || Boolean(parameters))

/** The number of a variant in an address; null where it names none. */
export function variantIn(text: string | undefined): number | null {
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= limits.variants ? number : null
}

/** As many sheets fit what one person prints at once. */
export const mostSheets = 10

/** The numbers of the variants that are printed: the one asked for, or the first, and those that follow it. */
export function sheetsIn({ variant, sheets }: { variant?: string; sheets?: string }): number[] {
  const first = variantIn(variant) ?? 1
  const asked = Number(sheets)
  const count = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, mostSheets) : 1
  return Array.from({ length: count }, (_, at) => Math.min(first + at, limits.variants))
}
