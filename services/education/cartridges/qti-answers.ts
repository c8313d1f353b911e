import { childrenOf, descendantsOf, textOf, type XmlElement } from './xml.ts'

/** What a QTI 1.2 item's response processing says: which options are right, and which feedback goes where. */

/**
 * Idents of the correct options. In "choose one" questions only the best-scored answers count; in "choose
 * several" every option that adds points does.
 */
export function correctOptions(item: XmlElement, several: boolean): Set<string> {
  const scored = descendantsOf(item, 'respcondition')
    .map(condition => ({ points: pointsOf(condition), idents: chosenIn(condition) }))
    .filter(answer => answer.points > 0 && answer.idents.length > 0)
  const best = Math.max(0, ...scored.map(answer => answer.points))
  return new Set(scored.filter(answer => several || answer.points === best).flatMap(answer => answer.idents))
}

type FeedbackTargets = {
  general: string[]
  correct: string[]
  incorrect: string[]
  /** Option ident to feedback idents. */
  options: Map<string, string[]>
}

/** Which `itemfeedback` belongs to the question, to a right or wrong answer, or to one option. */
export function feedbackTargets(item: XmlElement): FeedbackTargets {
  const targets: FeedbackTargets = { general: [], correct: [], incorrect: [], options: new Map() }
  for (const condition of descendantsOf(item, 'respcondition')) {
    const idents = chosenIn(condition)
    for (const display of childrenOf(condition, 'displayfeedback')) {
      const id = display.attributes.linkrefid ?? ''
      // Common Cartridge 1.x fixes these three names; other exporters are judged by the condition.
      if (/^(?:general_)?incorrect/i.test(id)) targets.incorrect.push(id)
      else if (/^general/i.test(id)) targets.general.push(id)
      else if (/^correct/i.test(id)) targets.correct.push(id)
      else if (idents.length === 1) addTo(targets.options, idents[0]!, id)
      else if (pointsOf(condition) > 0) targets.correct.push(id)
      else if (descendantsOf(condition, 'other').length > 0 || idents.length > 1) targets.incorrect.push(id)
      else targets.general.push(id)
    }
  }
  return targets
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

function pointsOf(condition: XmlElement): number {
  const values = childrenOf(condition, 'setvar').map(set => Number.parseFloat(textOf(set)))
  return Math.max(0, ...values.filter(Number.isFinite))
}

/** Options that the condition wants chosen: `varequal` anywhere except under `not`. */
function chosenIn(condition: XmlElement): string[] {
  const walk = (element: XmlElement): string[] =>
    childrenOf(element).flatMap(child => {
      if (child.name === 'not') return []
      return child.name === 'varequal' ? [textOf(child)] : walk(child)
    })
  return childrenOf(condition, 'conditionvar').flatMap(walk)
}
