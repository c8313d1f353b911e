import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { type PlacedFeedback, placeFeedback } from './qti-feedback.ts'
import { deriveKey } from './qti-key.ts'
import { compileProcessing, type Processing, UnsupportedProcessing } from './qti-processing.ts'
import { childrenOf, type XmlElement } from './xml.ts'

/** What running a QTI 1.2 item's response processing shows: which options are right, and where feedback belongs. */

type ItemAnswers = {
  correct: Set<string>
  feedback: PlacedFeedback
  /** Some other answer earned a part of the points. */
  partial: boolean
  /** The most that the rules say they give. */
  declaredFull: number | null
}

/**
 * @param several whether several options may be chosen together; @param most how many
 * @param weight points of the question in its quiz: another scale on which full marks may be stated
 */
export function answersOf(
  item: XmlElement,
  options: string[],
  { several, most = options.length, weight }: { several: boolean; most?: number; weight: number },
): ItemAnswers | { reason: ImportReason } {
  let reason: ImportReason = because('question_no_answer')
  // Several `resprocessing` are alternatives, each by another model of scoring.
  for (const resprocessing of childrenOf(item, 'resprocessing')) {
    let processing: Processing
    try {
      processing = compileProcessing(resprocessing, options, several)
    } catch (error) {
      if (!(error instanceof UnsupportedProcessing)) throw error
      reason = error.reason
      continue
    }
    for (const counted of countings(processing)) {
      const key = deriveKey({
        options,
        several,
        score: chosen => (chosen.size > most ? -Infinity : counted.score(processing.run(chosen).variables)),
        declaredFull: counted.declaredFull,
        likelyFull: [100, weight],
        named: processing.named,
        cost: processing.tests,
      })
      if ('correct' in key) {
        const shown = (chosen: ReadonlySet<string>) => processing.run(chosen).feedback
        const feedback = placeFeedback(shown, options, several, key.correct)
        return { ...key, feedback, declaredFull: counted.declaredFull }
      }
      reason = key.reason
    }
  }
  return { reason }
}

type Counting = { score(variables: Map<string, number>): number; declaredFull: number | null }

const isPenalty = (name: string) => /INCORRECT|WRONG|PENALT|ERROR|MINUS|NEGATIVE/.test(name)
const isCredit = (name: string) =>
  !isPenalty(name) && /CORRECT|RIGHT|SCORE|POINT|MARK|GRADE|CREDIT/.test(name)

/**
 * Which variables are the score. SCORE by the specification; else the one that is declared; else the one that is set,
 * or a pair such as Right and Wrong that exporters count separately (Brightspace: D2L_Correct and D2L_Incorrect).
 */
function countings({ set, declared }: Processing): Counting[] {
  const one = (name: string): Counting => ({
    score: variables => variables.get(name) ?? 0,
    declaredFull: declared.get(name)?.max ?? null,
  })
  if (set.has('SCORE')) return [one('SCORE')]
  const known = [...declared.keys()].filter(name => set.has(name) && !isPenalty(name))
  if (known.length === 1 && set.size === 1) return [one(known[0]!)]
  const credits = [...set].filter(isCredit)
  const penalties = [...set].filter(isPenalty)
  if (credits.length === 1 && penalties.length > 0) {
    const sum = (variables: Map<string, number>, names: string[]) =>
      names.reduce((total, name) => total + (variables.get(name) ?? 0), 0)
    return [{ score: variables => sum(variables, credits) - sum(variables, penalties), declaredFull: null }]
  }
  if (credits.length === 1) return [one(credits[0]!)]
  if (known.length === 1) return [one(known[0]!)]
  return set.size === 1 && penalties.length === 0 ? [one([...set][0]!)] : []
}
