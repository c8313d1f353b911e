import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { escapeHtml } from '@azora/kit/rich-text/sanitise.ts'
import type { CartridgeChoice, CartridgeQuestion } from './cartridge.ts'
import { lastPart } from './portable-media.ts'
import { answersOf } from './qti-answers.ts'
import { isForLearners } from './qti-asides.ts'
import { numberIn } from './qti-processing.ts'
import { childOf, childrenOf, descendantsOf, serialiseXml, textOf, type XmlElement } from './xml.ts'

/** Makes text of the cartridge safe to store, its references resolved. */
export type CleanHtml = (html: string, place: 'block' | 'inline') => string

export type ReadQuestion =
  | { kind: 'question'; question: CartridgeQuestion; partial: boolean }
  | { kind: 'text'; content: string }
  | { kind: 'unsupported'; type: string; content: string; reason: ImportReason }

const choiceTypes: Record<string, CartridgeChoice['type']> = {
  multiple_choice_question: 'single_choice',
  true_false_question: 'true_false',
  multiple_answers_question: 'multiple_choice',
  'cc.multiple_choice': 'single_choice',
  'cc.true_false': 'true_false',
  'cc.multiple_response': 'multiple_choice',
  'multiple choice': 'single_choice',
  'multiple-choice': 'single_choice',
  'true/false': 'true_false',
  'true or false': 'true_false',
  'either/or': 'true_false',
  'multiple response': 'multiple_choice',
  'multiple answer': 'multiple_choice',
  'multi-select': 'multiple_choice',
  'multi select': 'multiple_choice',
}

/** One `item` of IMS QTI 1.2 (Common Cartridge profile, and Canvas's own dialect of it). */
export function readQuestion(
  item: XmlElement,
  points: number | null,
  clean: CleanHtml,
  survey = false,
): ReadQuestion {
  const fields = metadataOf(item)
  const presentation = childOf(item, 'presentation')
  const content = presentation ? clean(promptOf(presentation), 'block') : ''
  const declared = declaredType(fields)
  if (declared === 'text_only_question') return { kind: 'text', content }
  const choices = presentation ? descendantsOf(presentation, 'response_lid') : []
  const type = questionType(declared, choices)
  if (!type) {
    const shown = declared ?? 'unknown'
    const reason = because('question_kind')
    return { kind: 'unsupported', type: shown, content, reason }
  }
  const unsupported = (reason: ImportReason): ReadQuestion => ({
    kind: 'unsupported',
    type: declared ?? type,
    content,
    reason,
  })
  const response = choices[0]
  if (!response || responsesIn(presentation!) > 1 || descendantsOf(response, 'render_choice').length === 0) {
    return unsupported(because('question_no_list'))
  }
  if (response.attributes.rcardinality?.toLowerCase() === 'ordered')
    return unsupported(because('question_ordered'))
  if (['material_ref', 'matref'].some(name => descendantsOf(presentation!, name).length > 0)) {
    return unsupported(because('question_outside_text'))
  }
  const labels = descendantsOf(response, 'response_label')
  if (labels.length < 2) return unsupported(because('question_few_options'))
  const idents = labels.map((label, at) => label.attributes.ident ?? String(at + 1))
  if (new Set(idents).size < idents.length) return unsupported(because('question_same_options'))
  const stated = points ?? pointsOf(fields)
  const most = mostChoices(response)
  const several = type === 'multiple_choice' && most !== 1
  const answers = survey ? opinions : answersOf(item, idents, { several, most, weight: stated ?? 1 })
  if ('reason' in answers) return unsupported(answers.reason)
  const { correct, feedback, partial, declaredFull } = answers
  // A score of 100 is the whole, of however many points.
  const scored = declaredFull !== null && declaredFull > 0 && declaredFull !== 100 ? declaredFull : 1
  const texts = feedbackTexts(item, clean)
  const question: CartridgeChoice = {
    type,
    content,
    points: stated ?? scored,
    options: labels.map((label, at) => ({
      id: idents[at]!,
      content: clean(materialsOf(label), 'inline'),
      correct: correct.has(idents[at]!),
      feedback: joined(feedback.options.get(idents[at]!), texts),
    })),
    feedback: {
      general: joined(feedback.general, texts),
      correct: joined(feedback.correct, texts),
      incorrect: joined(feedback.incorrect, texts),
    },
  }
  return { kind: 'question', question, partial }
}

/** How many options may be chosen; Infinity where nothing says. */
function mostChoices(response: XmlElement): number {
  const most = Number.parseInt(descendantsOf(response, 'render_choice')[0]?.attributes.maxnumber ?? '', 10)
  return most > 0 ? most : Infinity
}

/** Exporters give the questions of a survey a key all the same, or none; it means nothing. */
const opinions: Exclude<ReturnType<typeof answersOf>, { reason: ImportReason }> = {
  correct: new Set(),
  feedback: { options: new Map(), general: [], correct: [], incorrect: [] },
  partial: false,
  declaredFull: null,
}

const responsesIn = (presentation: XmlElement): number =>
  childrenOf(presentation).reduce(
    (count, child) =>
      count + (/^response_(?:lid|xy|str|num|grp|extension)$/.test(child.name) ? 1 : 0) + responsesIn(child),
    0,
  )

/**
 * What `qtimetadata` says: field labels (lower case) to entries. Brightspace spells the element with an underscore,
 * and QTI 1.1 has an element for each field.
 */
export function metadataOf(element: XmlElement): Map<string, string> {
  const fields = new Map<string, string>()
  const itemMetadata = childrenOf(element, 'itemmetadata')
  const holders = [element, ...itemMetadata].flatMap(holder => childrenOf(holder, 'qtimetadata'))
  for (const field of holders.flatMap(holder => childrenOf(holder))) {
    if (!/^qti_?metadatafield$/i.test(field.name)) continue
    fields.set(textOf(childOf(field, 'fieldlabel')).toLowerCase(), textOf(childOf(field, 'fieldentry')))
  }
  for (const field of [...itemMetadata, ...holders].flatMap(holder => childrenOf(holder))) {
    const name = field.name.toLowerCase()
    if (name.startsWith('qmd_') && !fields.has(name)) fields.set(name, textOf(field))
  }
  return fields
}

function declaredType(fields: Map<string, string>): string | null {
  const profile = fields.get('cc_profile')?.replace(/\.v\d+p\d+$/i, '')
  const named =
    fields.get('question_type') ??
    profile ??
    fields.get('bbmd_questiontype') ??
    fields.get('qmd_questiontype') ??
    fields.get('qmd_itemtype')
  return named?.toLowerCase() || null
}

function questionType(declared: string | null, choices: XmlElement[]): CartridgeChoice['type'] | null {
  if (declared) return choiceTypes[declared] ?? null
  if (choices.length !== 1) return null
  return choices[0]!.attributes.rcardinality?.toLowerCase() === 'multiple'
    ? 'multiple_choice'
    : 'single_choice'
}

function pointsOf(fields: Map<string, string>): number | null {
  for (const name of [
    'points_possible',
    'cc_weighting',
    'qmd_weighting',
    'qmd_absolutescore_max',
    'weighting',
  ]) {
    const points = numberIn(fields.get(name) ?? '')
    if (Number.isFinite(points) && points >= 0) return points
  }
  return null
}

function feedbackTexts(item: XmlElement, clean: CleanHtml): Map<string, string> {
  const texts = new Map<string, string>()
  for (const feedback of childrenOf(item, 'itemfeedback').filter(isForLearners)) {
    texts.set(feedback.attributes.ident ?? '', clean(materialsOf(feedback), 'inline'))
  }
  return texts
}

function joined(ids: string[] | undefined, texts: Map<string, string>): string | null {
  const parts = [...new Set(ids ?? [])].map(id => texts.get(id) ?? '').filter(Boolean)
  return parts.length ? parts.join('<br />') : null
}

/** Every material that belongs to no option, wherever it stands: some exporters put the question into the response. */
function promptOf(element: XmlElement): string {
  return childrenOf(element)
    .map(child => {
      if (child.name === 'material') return materialHtml(child)
      return child.name === 'response_label' ? '' : promptOf(child)
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
      return `<img src="${uri || embeddedImage(part)}" alt="${escapeHtml(part.attributes.label ?? '')}">`
    case 'mataudio':
      return `<audio src="${uri}" controls></audio>`
    case 'matvideo':
      return `<video src="${uri}" controls></video>`
    case 'matbreak':
      return '<br>'
    default:
      return escapeHtml(textOf(part)) + linkTo(part)
  }
}

/** What is written into the question itself, as `matimage` allows. */
function embeddedImage({ attributes, children }: XmlElement): string {
  if (attributes.embedded?.toLowerCase() !== 'base64') return ''
  const data = children
    .filter(child => typeof child === 'string')
    .join('')
    .replace(/\s+/g, '')
  return escapeHtml(`data:${attributes.imagtype ?? 'image/png'};base64,${data}`)
}

/** A text, program or applet that lies in a file of its own. */
function linkTo({ attributes: { uri, label } }: XmlElement): string {
  return uri ? `<a href="${escapeHtml(uri)}">${escapeHtml(label || lastPart(uri))}</a>` : ''
}

function textHtml(part: XmlElement): string {
  return writtenHtml(part) + linkTo(part)
}

function writtenHtml(part: XmlElement): string {
  // XHTML written as elements rather than as escaped text.
  if (childrenOf(part).length > 0)
    return part.children
      .map(child => (typeof child === 'string' ? escapeHtml(child) : serialiseXml(child)))
      .join('')
  const text = textOf(part)
  const type = part.attributes.texttype?.toLowerCase() ?? 'text/plain'
  return type.includes('html') ? text : escapeHtml(text).replace(/\n/g, '<br>')
}
