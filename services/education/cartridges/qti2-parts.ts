import { randomBytes } from 'node:crypto'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { comparisonsOf, limits } from '@azora/contracts/limits.ts'
import { QtiFault } from '@azora/qti/fault.ts'
import { checkItem, openItem, stepsOf } from '@azora/qti/item.ts'
import type { CartridgeItemBody, CartridgeItemQuestion } from './cartridge.ts'
import type { CleanHtml } from './qti-item.ts'
import { childOf, childrenOf, descendantsOf, serialiseXml, type XmlElement } from './xml.ts'

/**
 * An item of QTI 2 as a question that its own rules score: its text with a place for each interaction, and what each
 * offers. What no part here can ask is refused with the reason.
 */

type Part = CartridgeItemBody['parts'][number]
type Option = Part['options'][number]
type Reading = { parts: Part[]; clean: CleanHtml }

class CannotAsk extends Error {
  readonly reason: ImportReason

  constructor(reason: ImportReason) {
    super(reason.code)
    this.reason = reason
  }
}

/** @param weight what its test multiplies its score by. */
export function itemQuestion(
  item: XmlElement,
  weight: number,
  clean: CleanHtml,
): CartridgeItemQuestion | { reason: ImportReason } {
  const body = childOf(item, 'itemBody')
  const source = serialiseXml(item)
  if (descendantsOf(item, 'assessmentStimulusRef').length > 0)
    return { reason: because('question_outside_text') }
  if (item.attributes.adaptive === 'true') return { reason: because('question_turns') }
  if (!body || source.length > limits.itemSourceLength) return { reason: because('question_long_rules') }
  try {
    const reading: Reading = { parts: [], clean }
    const text = childrenIn(body, reading)
    const unplaced = reading.parts.length === 0 ? withoutInteraction(item) : []
    const content = clean(`${text}${unplaced.map((_, at) => `<p>[[${at + 1}]]</p>`).join('')}`, 'block')
    reading.parts.push(...unplaced)
    if (reading.parts.length === 0 || reading.parts.length > limits.partsOfItem)
      return { reason: because('question_kind') }
    const declared = new Set(childrenOf(item, 'responseDeclaration').map(one => one.attributes.identifier))
    const asked = reading.parts.map(({ response }) => response)
    if (new Set(asked).size < asked.length || asked.some(name => !declared.has(name)))
      return { reason: because('question_undeclared') }
    checkItem(item)
    const sitting = openItem(item, 0)
    if (comparisonsOf(stepsOf(item)) > limits.comparisonsOfItem)
      return { reason: because('question_long_rules') }
    // Without rules that give points a person would have to mark it.
    const worth = sitting.worth() ?? (givesPoints(item) ? 1 : null)
    if (worth === null) return { reason: because('question_no_points') }
    return {
      type: 'item',
      content,
      points: worth * weight,
      options: [],
      feedback: { general: null, correct: null, incorrect: null },
      body: { source, parts: reading.parts, feedback: feedbackOf(item, clean) },
    }
  } catch (failure) {
    if (failure instanceof CannotAsk) return { reason: failure.reason }
    if (failure instanceof QtiFault) return { reason: reasonOf(failure) }
    throw failure
  }
}

/** The parts of an item that asks for responses and says nothing of how: each is typed, several on a line each. */
const withoutInteraction = (item: XmlElement): Part[] =>
  childrenOf(item, 'responseDeclaration').flatMap(({ attributes: { identifier, cardinality, baseType } }) => {
    const several = cardinality === 'multiple' || cardinality === 'ordered'
    if (!identifier || cardinality === 'record' || baseType === 'file') return []
    const kind = several ? ('long_text' as const) : ('text' as const)
    return [{ ...emptyPart, response: identifier, kind, prompt: escaped(identifier), most: 1, several }]
  })

const givesPoints = (item: XmlElement) =>
  descendantsOf(item, 'setOutcomeValue').some(({ attributes }) => attributes.identifier === 'SCORE')

function reasonOf({ code, detail }: QtiFault): ImportReason {
  if (code === 'undeclared') return because('question_undeclared')
  if (code === 'unclear_worth') return because('question_no_points')
  if (code === 'too_many_steps') return because('question_long_rules')
  if (code === 'unknown_template') return because('question_template', { template: detail })
  return because('question_rule', { rule: detail })
}

const feedbackOf = (item: XmlElement, clean: CleanHtml) =>
  descendantsOf(item, 'modalFeedback').flatMap(({ attributes: { identifier }, children }) =>
    identifier
      ? [
          {
            name: identifier,
            content: clean(serialiseXml({ name: 'div', attributes: {}, children }), 'inline'),
          },
        ]
      : [],
  )

/** What an interaction shows in its own way, such as a gap; null for what it shows as it is. */
type Own = (node: XmlElement) => string | null

const childrenIn = ({ children }: XmlElement, reading: Reading, own: Own = () => null): string =>
  children.map(child => shownOf(child, reading, own)).join('')

/** Only graders see it, or rules decide whether it is seen once there is an answer. */
const hidden = new Set(['feedbackBlock', 'feedbackInline', 'stylesheet'])
/** Texts that rules choose for each learner. */
const chosenByRules = new Set(['templateBlock', 'templateInline'])

function shownOf(node: XmlElement | string, reading: Reading, own: Own): string {
  // What looks like a place of ours is none.
  if (typeof node === 'string') return escaped(node.replace(/\[\[(?=\d)/g, '[ ['))
  if (hidden.has(node.name)) return ''
  if (chosenByRules.has(node.name)) throw new CannotAsk(because('question_made_anew'))
  if (node.name === 'rubricBlock' && !/\bcandidate\b/.test(node.attributes.view ?? 'candidate')) return ''
  if (node.name === 'printedVariable') return `{{${node.attributes.identifier ?? ''}}}`
  const shown = own(node)
  if (shown !== null) return shown
  if (/Interaction$/.test(node.name)) return placeOf(node, reading)
  const name = node.name === 'rubricBlock' ? 'div' : node.name
  const tag = serialiseXml({ name, attributes: node.attributes, children: [] })
  const open = tag.slice(0, tag.length - `</${name}>`.length)
  return `${open}${childrenIn(node, reading, own)}</${name}>`
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** Interactions that stand within a line. */
const inline = new Set(['textEntryInteraction', 'inlineChoiceInteraction'])

const emptyPart: Part = {
  response: '',
  kind: 'choice',
  prompt: '',
  most: 0,
  several: false,
  shuffle: false,
  options: [],
  targets: [],
}

/** The mark of the place where an interaction is answered, which becomes the next part. */
function placeOf(interaction: XmlElement, reading: Reading): string {
  const read = readers[interaction.name]
  if (!read) throw new CannotAsk(because('question_kind'))
  const prompts = childrenOf(interaction, 'prompt').map(one => childrenIn(one, reading))
  const part: Part = {
    ...emptyPart,
    response: interaction.attributes.responseIdentifier ?? 'RESPONSE',
    shuffle: interaction.attributes.shuffle === 'true',
    ...read(interaction, reading),
  }
  part.prompt = reading.clean([...prompts, part.prompt].join(' ').trim(), 'inline')
  if (part.options.length > limits.optionsOfQuestion || part.targets.length > limits.optionsOfQuestion)
    throw new CannotAsk(because('question_many_options', { most: limits.optionsOfQuestion }))
  reading.parts.push(part)
  const mark = `[[${reading.parts.length}]]`
  return inline.has(interaction.name) ? mark : `<p>${mark}</p>`
}

const numberOf = (text: string | undefined, otherwise: number) => {
  const read = Number.parseInt(text ?? '', 10)
  return read >= 0 ? Math.min(read, limits.partsOfQuestion) : otherwise
}

/**
 * Ids that learners get tell nothing: what the rules call an option often says whether it is right, and the place at
 * which its author wrote it what order is.
 */
const newId = () => randomBytes(6).toString('hex')

const optionsOf = (elements: XmlElement[], reading: Reading): Option[] => {
  const options = elements.map(element => ({
    id: newId(),
    name: element.attributes.identifier ?? '',
    content: reading.clean(childrenIn(element, reading), 'inline'),
    fixed: element.attributes.fixed === 'true',
    most: numberOf(element.attributes.matchMax, 1),
  }))
  if (options.some(({ name }) => name === '') || new Set(options.map(one => one.name)).size < options.length)
    throw new CannotAsk(because('question_same_options'))
  return options
}

const mayRepeat = ({ attributes }: XmlElement) => attributes.matchMax !== '1'

/** A text of several blocks as lines, for a place that holds no blocks. */
const asLines = (html: string) => html.replace(/<\/(?:p|div|li|blockquote|h[1-6])>/g, ' <br />$&')

const readers: Record<string, (interaction: XmlElement, reading: Reading) => Partial<Part>> = {
  choiceInteraction: (interaction, reading) => ({
    kind: 'choice',
    most: numberOf(interaction.attributes.maxChoices, 1),
    options: optionsOf(childrenOf(interaction, 'simpleChoice'), reading),
  }),
  textEntryInteraction: () => ({ kind: 'text', most: 1 }),
  extendedTextInteraction: () => ({ kind: 'long_text', most: 1 }),
  inlineChoiceInteraction: (interaction, reading) => ({
    kind: 'inline_choice',
    most: 1,
    options: optionsOf(childrenOf(interaction, 'inlineChoice'), reading),
  }),
  orderInteraction: (interaction, reading) => ({
    kind: 'order',
    options: optionsOf(childrenOf(interaction, 'simpleChoice'), reading),
  }),
  matchInteraction: (interaction, reading) => {
    const [from, to] = childrenOf(interaction, 'simpleMatchSet')
    const choices = (set: XmlElement | undefined) => (set ? childrenOf(set, 'simpleAssociableChoice') : [])
    return {
      kind: 'pairs',
      most: numberOf(interaction.attributes.maxAssociations, 0),
      several: choices(from).some(mayRepeat),
      options: optionsOf(choices(from), reading),
      targets: optionsOf(choices(to), reading),
    }
  },
  associateInteraction: (interaction, reading) => {
    const choices = childrenOf(interaction, 'simpleAssociableChoice')
    const options = optionsOf(choices, reading)
    return {
      kind: 'pairs',
      most: numberOf(interaction.attributes.maxAssociations, 0),
      several: choices.some(mayRepeat),
      options,
      // With each other: by the same ids it is seen that a pair and its reverse are one.
      targets: options,
    }
  },
  gapMatchInteraction: (interaction, reading) => {
    if (descendantsOf(interaction, 'gapImg').length > 0) throw new CannotAsk(because('question_kind'))
    const gaps = descendantsOf(interaction, 'gap')
    const targets = gaps.map((gap, at) => ({
      id: newId(),
      name: gap.attributes.identifier ?? '',
      content: `(${at + 1})`,
      // They are where the text has them, and take one piece each.
      fixed: true,
      most: 1,
    }))
    const prompt = childrenIn(interaction, reading, node => {
      if (node.name === 'prompt' || node.name === 'gapText') return ''
      return node.name === 'gap' ? `______ (${gaps.indexOf(node) + 1})` : null
    })
    return {
      kind: 'pairs',
      prompt: asLines(prompt),
      several: childrenOf(interaction, 'gapText').some(mayRepeat),
      options: optionsOf(childrenOf(interaction, 'gapText'), reading),
      targets,
    }
  },
  hottextInteraction: (interaction, reading) => ({
    kind: 'choice',
    most: numberOf(interaction.attributes.maxChoices, 1),
    prompt: asLines(
      childrenIn(interaction, reading, node => {
        if (node.name === 'prompt') return ''
        return node.name === 'hottext' ? `<strong>${childrenIn(node, reading)}</strong>` : null
      }),
    ),
    options: optionsOf(descendantsOf(interaction, 'hottext'), reading),
  }),
}
