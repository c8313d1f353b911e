import { deriveKey } from './qti-key.ts'
import { compileProcessing, type Processing, UnsupportedProcessing } from './qti-processing.ts'
import { childrenOf, type XmlElement } from './xml.ts'

/** What running a QTI 1.2 item's response processing shows: which options are right, and where feedback belongs. */

export type ItemAnswers = {
  correct: Set<string>
  /** Feedback idents for the question, for a right or a wrong answer, and by option ident. */
  feedback: { general: string[]; correct: string[]; incorrect: string[]; options: Map<string, string[]> }
}

/** @param weight points of the question in its quiz: another scale on which full marks may be stated. */
export function answersOf(
  item: XmlElement,
  options: string[],
  several: boolean,
  weight: number,
): ItemAnswers | { reason: string } {
  let reason = 'it names no correct answer'
  // Several `resprocessing` are alternatives, each by another model of scoring.
  for (const resprocessing of childrenOf(item, 'resprocessing')) {
    let processing: Processing
    try {
      processing = compileProcessing(resprocessing, options, several)
    } catch (error) {
      if (!(error instanceof UnsupportedProcessing)) throw error
      reason = error.message
      continue
    }
    for (const counted of countings(processing)) {
      const key = deriveKey({
        options,
        several,
        score: chosen => counted.score(processing.run(chosen).variables),
        declaredFull: counted.declaredFull,
        likelyFull: [100, weight],
        named: processing.named,
        cost: processing.tests,
      })
      if ('correct' in key) {
        return { correct: key.correct, feedback: placeFeedback(processing, options, several, key.correct) }
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

/** A text belongs where it is shown: with one option, with the right answer, with wrong ones, or always. */
function placeFeedback(
  processing: Processing,
  options: string[],
  several: boolean,
  correct: Set<string>,
): ItemAnswers['feedback'] {
  const placed: ItemAnswers['feedback'] = { general: [], correct: [], incorrect: [], options: new Map() }
  const shown = (chosen: ReadonlySet<string>) => new Set(processing.run(chosen).feedback)
  const alone = options.map(id => ({ id, texts: shown(new Set([id])) }))
  const whenRight = shown(correct)
  const whenNone = shown(new Set())
  const whenAll = several ? shown(new Set(options)) : new Set<string>()
  const ids = new Set([whenRight, whenNone, whenAll, ...alone.map(one => one.texts)].flatMap(set => [...set]))
  for (const id of ids) {
    const having = alone.filter(one => one.texts.has(id))
    // Common Cartridge 1.x fixes these names.
    if (/^(?:general_)?incorrect/i.test(id)) placed.incorrect.push(id)
    else if (/^general/i.test(id)) placed.general.push(id)
    else if (/^correct/i.test(id)) placed.correct.push(id)
    else if (having.length === 1 && !whenNone.has(id)) {
      const option = having[0]!.id
      placed.options.set(option, [...(placed.options.get(option) ?? []), id])
    } else if (!whenRight.has(id)) placed.incorrect.push(id)
    else if (having.every(one => correct.size === 1 && correct.has(one.id)) && !whenNone.has(id))
      placed.correct.push(id)
    else placed.general.push(id)
  }
  return placed
}
