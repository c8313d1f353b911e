import { pointsOfPercent } from '@azora/contracts/assessment/hint-points.ts'
import { rounded } from './score.ts'

/**
 * Hints that a learner takes one after another, from the vaguest on. What each costs is kept with the attempt when it is
 * taken, so that the answer is marked by what its learner agreed to, however often it is marked. All pure.
 */

export type Hint = { content: string; costPercent: number }

/** By question id, what each hint that was taken costs, in percent, in their order. */
export type HintsTaken = Record<string, number[]>

/** What hints took from the points of an answer. */
export type HintCost = { taken: number; count: number; percentOff: number; pointsOff: number }

type WithHints = { id: string; points: number; hints?: Hint[] | undefined }

const sum = (costs: number[]) => costs.reduce((total, cost) => total + cost, 0)

/** Of a hint, by its place: together they never cost more than the question is worth, and nothing in practice. */
export function costOf(hints: Hint[], taken: number[], practice: boolean): number {
  const next = hints[taken.length]
  return !next || practice ? 0 : Math.min(next.costPercent, 100 - sum(taken))
}

/** What a learner sees of the hints of a question: of those that were not taken, how many there are and the next cost. */
export function openHints({ id, hints = [] }: WithHints, hintsTaken: HintsTaken, practice: boolean) {
  if (hints.length === 0) return null
  const costs = hintsTaken[id] ?? []
  return {
    count: hints.length,
    taken: hints.slice(0, costs.length).map(({ content }, at) => ({ content, costPercent: costs[at] ?? 0 })),
    nextCostPercent: costs.length < hints.length ? costOf(hints, costs, practice) : null,
  }
}

/** The points of an answer with what its hints cost: not below zero, and nothing off a mark that is not above it. */
export function lessHints(question: WithHints, exact: number, hintsTaken: HintsTaken) {
  const costs = hintsTaken[question.id] ?? []
  const percentOff = sum(costs)
  const left = exact <= 0 ? exact : Math.max(0, exact - (question.points * percentOff) / 100)
  const pointsOff = rounded(rounded(exact) - rounded(left))
  const cost: HintCost | null =
    costs.length === 0
      ? null
      : { taken: costs.length, count: question.hints?.length ?? costs.length, percentOff, pointsOff }
  return { exact: left, awarded: rounded(left), cost }
}

/** For who marks an answer: the hints that its learner took, and the most that they can cost. */
export function hintsUsed(question: WithHints, hintsTaken: HintsTaken): HintCost | null {
  const { cost } = lessHints(question, question.points, hintsTaken)
  return cost && { ...cost, pointsOff: pointsOfPercent(question.points, cost.percentOff) }
}
