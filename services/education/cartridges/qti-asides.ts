import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { shownText } from './entry-names.ts'
import { childrenOf, descendantsOf, textOf, type XmlElement } from './xml.ts'

/** Texts round a question or quiz that a learner does not get to see here, so that the report can tell of each. */

/** Whether learners may see a text of QTI 1.2, which names those who may (`view`); without a name it is for all. */
export const isForLearners = ({ attributes }: XmlElement): boolean =>
  /^(?:all|candidate)?$/i.test(attributes.view?.trim() ?? '')

export type Aside = { text: string; reason: ImportReason }

const placeless = /^(?:assessfeedback|sectionfeedback|testFeedback|objectives|itemrubric|reference)$/

/** Those directly in a question, a group or a quiz. */
export function asidesIn(element: XmlElement): Aside[] {
  const item = element.name === 'item'
  const shown = new Set(
    descendantsOf(element, 'displayfeedback').map(show => show.attributes.linkrefid ?? ''),
  )
  return childrenOf(element).flatMap((child): Aside[] => {
    const rubric = child.name === 'rubric'
    const feedback = item && child.name === 'itemfeedback'
    if (!rubric && !feedback && !placeless.test(child.name)) return []
    const text = shownText(textOf(child), 80)
    if (text === '') return []
    if (!isForLearners(child)) return [{ text, reason: because('aside_for_teachers', { text }) }]
    if (feedback)
      return shown.has(child.attributes.ident ?? '')
        ? []
        : [{ text, reason: because('aside_unreached', { text }) }]
    if (rubric && !item) return []
    return [{ text, reason: because('aside_placeless', { text }) }]
  })
}
