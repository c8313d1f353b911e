import { escapeHtml } from '@azora/kit/rich-text/sanitise.ts'
import type { CartridgeQuestion } from './cartridge.ts'
import { correctOptions, feedbackTargets } from './qti-answers.ts'
import { childOf, childrenOf, descendantsOf, serialiseXml, textOf, type XmlElement } from './xml.ts'

/** Makes text of the cartridge safe to store, its references resolved. */
export type CleanHtml = (html: string, place: 'block' | 'inline') => string

type ReadQuestion =
  | { kind: 'question'; question: CartridgeQuestion }
  | { kind: 'text'; content: string }
  | { kind: 'unsupported'; type: string; content: string; reason: string }

const choiceTypes: Record<string, CartridgeQuestion['type']> = {
  multiple_choice_question: 'single_choice',
  true_false_question: 'true_false',
  multiple_answers_question: 'multiple_choice',
  'cc.multiple_choice': 'single_choice',
  'cc.true_false': 'true_false',
  'cc.multiple_response': 'multiple_choice',
  'multiple choice': 'single_choice',
  'true/false': 'true_false',
  'multiple response': 'multiple_choice',
}

/** One `item` of IMS QTI 1.2 (Common Cartridge profile, and Canvas's own dialect of it). */
export function readQuestion(item: XmlElement, points: number | null, clean: CleanHtml): ReadQuestion {
  const fields = metadataOf(item)
  const presentation = childOf(item, 'presentation')
  const content = presentation ? clean(promptOf(presentation), 'block') : ''
  const declared = declaredType(fields)
  if (declared === 'text_only_question') return { kind: 'text', content }
  const choices = presentation ? descendantsOf(presentation, 'response_lid') : []
  const type = questionType(declared, choices)
  if (!type) {
    const shown = declared ?? 'unknown'
    const reason = 'this kind of question cannot be taken here yet'
    return { kind: 'unsupported', type: shown, content, reason }
  }
  const unsupported = (reason: string): ReadQuestion => ({
    kind: 'unsupported',
    type: declared ?? type,
    content,
    reason,
  })
  const response = choices[0]
  if (!response || choices.length > 1) return unsupported('its answers are not a single list of options')
  const labels = descendantsOf(response, 'response_label')
  if (labels.length < 2) return unsupported('it offers fewer than two options')
  const correct = correctOptions(item, type === 'multiple_choice')
  const feedback = feedbackTargets(item)
  const texts = feedbackTexts(item, clean)
  const options = labels.map((label, at) => {
    const ident = label.attributes.ident ?? String(at + 1)
    return {
      id: ident,
      content: clean(materialsOf(label), 'inline'),
      correct: correct.has(ident),
      feedback: joined(feedback.options.get(ident), texts),
    }
  })
  if (new Set(options.map(option => option.id)).size < options.length) {
    return unsupported('two of its options have the same identifier')
  }
  const right = options.filter(option => option.correct).length
  if (right === 0) return unsupported('it names no correct answer')
  if (right > 1 && type !== 'multiple_choice')
    return unsupported('it accepts several answers where one is chosen')
  const question: CartridgeQuestion = {
    type,
    content,
    points: points ?? pointsOf(fields),
    options,
    feedback: {
      general: joined(feedback.general, texts),
      correct: joined(feedback.correct, texts),
      incorrect: joined(feedback.incorrect, texts),
    },
  }
  return { kind: 'question', question }
}

/** `qtimetadatafield` label (lower case) to entry. */
export function metadataOf(element: XmlElement): Map<string, string> {
  const fields = new Map<string, string>()
  const holders = [element, ...childrenOf(element, 'itemmetadata')].flatMap(holder =>
    childrenOf(holder, 'qtimetadata'),
  )
  for (const field of holders.flatMap(holder => childrenOf(holder, 'qtimetadatafield'))) {
    fields.set(textOf(childOf(field, 'fieldlabel')).toLowerCase(), textOf(childOf(field, 'fieldentry')))
  }
  const itemType = textOf(childOf(element, 'itemmetadata', 'qmd_itemtype'))
  if (itemType && !fields.has('qmd_itemtype')) fields.set('qmd_itemtype', itemType)
  return fields
}

function declaredType(fields: Map<string, string>): string | null {
  const profile = fields.get('cc_profile')?.replace(/\.v\d+p\d+$/i, '')
  return (fields.get('question_type') ?? profile ?? fields.get('qmd_itemtype'))?.toLowerCase() || null
}

function questionType(declared: string | null, choices: XmlElement[]): CartridgeQuestion['type'] | null {
  if (declared) return choiceTypes[declared] ?? null
  if (choices.length !== 1) return null
  return choices[0]!.attributes.rcardinality?.toLowerCase() === 'multiple'
    ? 'multiple_choice'
    : 'single_choice'
}

function pointsOf(fields: Map<string, string>): number {
  const points = Number.parseFloat(fields.get('points_possible') ?? fields.get('cc_weighting') ?? '1')
  return Number.isFinite(points) && points >= 0 ? points : 1
}

function feedbackTexts(item: XmlElement, clean: CleanHtml): Map<string, string> {
  const texts = new Map<string, string>()
  for (const feedback of childrenOf(item, 'itemfeedback')) {
    texts.set(feedback.attributes.ident ?? '', clean(materialsOf(feedback), 'block'))
  }
  return texts
}

function joined(ids: string[] | undefined, texts: Map<string, string>): string | null {
  const parts = [...new Set(ids ?? [])].map(id => texts.get(id) ?? '').filter(Boolean)
  return parts.length ? parts.join('\n') : null
}

/** The materials before the answers: those inside a response belong to its options. */
function promptOf(element: XmlElement): string {
  return childrenOf(element)
    .map(child => {
      if (child.name === 'material') return materialHtml(child)
      return /^response_|^render_/.test(child.name) ? '' : promptOf(child)
    })
    .join('')
}

function materialsOf(element: XmlElement): string {
  return descendantsOf(element, 'material').map(materialHtml).join('')
}

function materialHtml(material: XmlElement): string {
  return childrenOf(material).map(partHtml).join('')
}

function partHtml(part: XmlElement): string {
  const uri = escapeHtml(part.attributes.uri ?? '')
  switch (part.name) {
    case 'mattext':
    case 'matemtext':
      return textHtml(part)
    case 'matimage':
      return `<img src="${uri}" alt="${escapeHtml(part.attributes.label ?? '')}">`
    case 'mataudio':
      return `<audio src="${uri}" controls></audio>`
    case 'matvideo':
      return `<video src="${uri}" controls></video>`
    case 'matbreak':
      return '<br>'
    default:
      return escapeHtml(textOf(part))
  }
}

function textHtml(part: XmlElement): string {
  // XHTML written as elements rather than as escaped text.
  if (childrenOf(part).length > 0)
    return part.children
      .map(child => (typeof child === 'string' ? escapeHtml(child) : serialiseXml(child)))
      .join('')
  const text = textOf(part)
  const type = part.attributes.texttype?.toLowerCase() ?? 'text/plain'
  return type.includes('html') ? text : escapeHtml(text).replace(/\n/g, '<br>')
}
