import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import { numberIn, type Value } from '@azora/qti/value.ts'
import type { CartridgeChoice } from './cartridge.ts'
import { placeFeedback } from './qti-feedback.ts'
import type { CleanHtml, ReadQuestion } from './qti-item.ts'
import { deriveKey } from './qti-key.ts'
import { UnsupportedProcessing } from './qti-processing.ts'
import { itemQuestion } from './qti2-parts.ts'
import { type ItemRules, readRules } from './qti2-processing.ts'
import { childOf, childrenOf, descendantsOf, serialiseXml, type XmlElement } from './xml.ts'

/**
 * One `assessmentItem` of IMS QTI 2.1 or 2.2. A choice whose answer is right or wrong becomes a question of our own, which
 * its author can edit; everything else that can be asked here keeps its rules.
 * @param weight what its test multiplies its score by.
 */
export function readQuestion2(item: XmlElement, weight: number, clean: CleanHtml): ReadQuestion {
  const own = choiceQuestion(item, weight, clean)
  const isWhole = own.kind === 'question' && !own.partial
  if (isWhole || (own.kind === 'text' && descendantsOf(item, 'responseDeclaration').length === 0)) return own
  const question = itemQuestion(item, weight, clean)
  if (!('reason' in question)) return { kind: 'question', question, partial: false }
  if (own.kind !== 'unsupported') return own
  return { ...own, reason: own.reason.code === 'question_kind' ? question.reason : own.reason }
}

function choiceQuestion(item: XmlElement, weight: number, clean: CleanHtml): ReadQuestion {
  const body = childOf(item, 'itemBody')
  const interactions = body ? interactionsIn(body) : []
  const interaction = interactions[0]
  const content = body ? clean(promptOf(body), 'block') : ''
  if (interactions.length === 0) return { kind: 'text', content }
  const type = interactions.length > 1 ? 'several interactions' : interaction!.name
  const unsupported = (reason: ImportReason): ReadQuestion => ({ kind: 'unsupported', type, content, reason })
  if (!interaction || type !== 'choiceInteraction') {
    return unsupported(because('question_kind'))
  }
  if (descendantsOf(item, 'assessmentStimulusRef').length > 0)
    return unsupported(because('question_outside_text'))
  if (item.attributes.adaptive === 'true') return unsupported(because('question_turns'))
  if (descendantsOf(item, 'templateDeclaration').length > 0) {
    return unsupported(because('question_made_anew'))
  }
  const choices = descendantsOf(interaction, 'simpleChoice')
  const options = choices.map(choice => choice.attributes.identifier ?? '')
  if (options.length < 2) return unsupported(because('question_few_options'))
  if (new Set(options).size < options.length) return unsupported(because('question_same_options'))
  try {
    const rules = readRules(item)
    const answers = answersOf(interaction, rules, options)
    if ('reason' in answers) return unsupported(answers.reason)
    const { correct, several, points, run } = answers
    const texts = feedbackTexts(item, clean)
    const shown = (chosen: ReadonlySet<string>) => shownBy(texts, run(chosen))
    const placed = placeFeedback(shown, options, several, correct)
    const joined = (ids: string[] | undefined) =>
      ids?.length
        ? texts
            .filter(text => ids.includes(text.name))
            .map(text => text.html)
            .join('<br />')
        : null
    const read = choices.map((choice, at) => ({
      id: options[at]!,
      content: clean(withoutFeedback(choice), 'inline'),
      correct: correct.has(options[at]!),
      feedback: joined(placed.options.get(options[at]!)),
    }))
    const question: CartridgeChoice = {
      type: several ? 'multiple_choice' : isTrueFalse(read) ? 'true_false' : 'single_choice',
      content,
      points: points * weight,
      options: read,
      feedback: {
        general: joined(placed.general),
        correct: joined(placed.correct),
        incorrect: joined(placed.incorrect),
      },
    }
    return { kind: 'question', question, partial: answers.partial }
  } catch (error) {
    if (!(error instanceof UnsupportedProcessing)) throw error
    return unsupported(error.reason)
  }
}

function answersOf(interaction: XmlElement, rules: ItemRules, options: string[]) {
  const id = interaction.attributes.responseIdentifier ?? 'RESPONSE'
  const declared = rules.declared.get(id)
  if (!declared) return { reason: because('question_undeclared') }
  const several = declared.cardinality === 'multiple' && interaction.attributes.maxChoices !== '1'
  if (!several && declared.cardinality === 'ordered') return { reason: because('question_ordered') }
  const limit = Number(interaction.attributes.maxChoices ?? 0)
  const run = (chosen: ReadonlySet<string>) =>
    rules.run({ [id]: options.filter(option => chosen.has(option)) })
  const named = new Set((declared.correct?.items ?? []).map(String))
  const isRight = (chosen: ReadonlySet<string>) =>
    chosen.size === named.size && [...chosen].every(one => named.has(one))
  // Without rules only the declared answer says what is right.
  const score = (chosen: ReadonlySet<string>) => {
    if (limit > 0 && chosen.size > limit) return -Infinity
    return rules.size > 1 ? numberOf(run(chosen).get('SCORE')) : Number(isRight(chosen))
  }
  const most = numberOf(rules.declared.get('MAXSCORE')?.initial)
  const declaredFull = most > 0 ? most : null
  const key = deriveKey({
    options,
    several,
    score,
    declaredFull,
    likelyFull: [1, 100],
    named: [named],
    cost: rules.size,
  })
  if ('reason' in key) return key
  return { ...key, several, run, points: declaredFull ?? score(key.correct) }
}

const numberOf = (value: Value | undefined) => numberIn(value ?? null) ?? 0

const isTrueFalse = (options: { content: string }[]) =>
  options.length === 2 && options.every(option => /^(?:true|false)$/i.test(plainText(option.content).trim()))

function interactionsIn(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap(child => [
    ...(/Interaction$/.test(child.name) ? [child] : []),
    ...interactionsIn(child),
  ])
}

/** The text of the item without its interactions, whose prompts follow; and nothing that only graders should see. */
function promptOf(body: XmlElement): string {
  const visible = (element: XmlElement): XmlElement | null => {
    if (/^(?:feedbackBlock|feedbackInline|templateBlock|templateInline|stylesheet)$/.test(element.name))
      return null
    if (element.name === 'rubricBlock' && !/\bcandidate\b/.test(element.attributes.view ?? 'candidate'))
      return null
    if (/Interaction$/.test(element.name)) {
      const prompts = childrenOf(element, 'prompt').map(prompt => ({ ...prompt, name: 'div' }))
      return { name: 'div', attributes: {}, children: prompts }
    }
    const name = /^(?:rubricBlock|itemBody)$/.test(element.name) ? 'div' : element.name
    const children = element.children.flatMap(child =>
      typeof child === 'string' ? child : (visible(child) ?? []),
    )
    return { name, attributes: element.attributes, children }
  }
  return childrenOf(body)
    .map(child => visible(child))
    .map(child => (child ? serialiseXml(child) : ''))
    .join('')
}

function withoutFeedback(choice: XmlElement): string {
  return choice.children
    .map(child => {
      if (typeof child === 'string') return serialiseXml({ name: 'span', attributes: {}, children: [child] })
      return child.name === 'feedbackInline' ? '' : serialiseXml(child)
    })
    .join('')
}

type FeedbackText = { name: string; outcome: string; shows: boolean; html: string }

function feedbackTexts(item: XmlElement, clean: CleanHtml): FeedbackText[] {
  return ['modalFeedback', 'feedbackBlock', 'feedbackInline'].flatMap(kind =>
    descendantsOf(item, kind).map(({ attributes, children }) => ({
      name: attributes.identifier ?? '',
      outcome: attributes.outcomeIdentifier ?? '',
      shows: attributes.showHide !== 'hide',
      html: clean(serialiseXml({ name: 'div', attributes: {}, children }), 'inline'),
    })),
  )
}

const shownBy = (texts: FeedbackText[], outcomes: Map<string, Value>) =>
  texts
    .filter(({ name, outcome, shows }) => Boolean(outcomes.get(outcome)?.items.includes(name)) === shows)
    .map(text => text.name)

/** The title of a QTI 2 item, for the report. */
export const itemTitle2 = (item: XmlElement) => item.attributes.title ?? ''
