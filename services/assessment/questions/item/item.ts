import type { itemBody } from '@azora/contracts/assessment/question-types/item.ts'
import { QtiFault } from '@azora/qti/fault.ts'
import type { Responses as NamedResponses, Sitting } from '@azora/qti/item.ts'
import { printed, type Value } from '@azora/qti/value.ts'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { PartMark, QuestionRules, Responses } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'
import { typedAnswer } from '../typed-answer.ts'
import { canRun, costOf, responsesOf, sittingOf } from './read-item.ts'

type Item = z.infer<typeof itemBody>
type Part = Item['parts'][number]
type Option = Part['options'][number]
type OpenOption = Pick<Option, 'id' | 'content' | 'most'>
type OpenPart = Pick<Part, 'kind' | 'prompt' | 'most' | 'several'> & {
  id: string
  options: OpenOption[]
  targets: OpenOption[]
}

const idOf = ({ id }: Part) => id ?? ''
const isTyped = ({ kind }: Part) => kind === 'text' || kind === 'long_text'
const byId = (options: Option[], id: string | undefined) => options.find(option => option.id === id)
const byName = (options: Option[], name: string | undefined) => options.find(option => option.name === name)

/** Shuffled, but for those that keep their place. */
function inOrder(options: Option[], shuffled: boolean, mixed: (options: Option[]) => Option[]): Option[] {
  if (!shuffled) return options
  const others = mixed(options.filter(({ fixed }) => !fixed))
  return options.map(option => (option.fixed ? option : (others.shift() ?? option)))
}

const opened = ({ id, content, most }: Option): OpenOption => ({ id, content, most })

/** An answer in the names of the item: identifiers, pairs of them, or what was typed. */
function named(part: Part, given: string[]): string[] {
  if (isTyped(part))
    // A phone's keyboard leaves a space behind the word that it offered.
    return given
      .flatMap(text => (part.several ? text.split('\n') : [text]))
      .map(text => text.trim())
      .filter(Boolean)
  if (part.kind !== 'pairs') return given.flatMap(id => byId(part.options, id)?.name ?? [])
  return given.flatMap(pair => {
    const [from, to] = pair.split(' ')
    const [option, target] = [byId(part.options, from), byId(part.targets, to)]
    return option && target ? [`${option.name} ${target.name}`] : []
  })
}

/**
 * The pairs that the item lets be made: of each option and target no more than it says, none with itself, and none in
 * both directions where options are paired with each other.
 */
function allowedPairs({ options, targets }: Part, pairs: string[]): string[] {
  const left = new Map([...options, ...targets].map(({ id, most }) => [id, most === 0 ? Infinity : most]))
  const kept: string[] = []
  for (const pair of pairs) {
    const [from = '', to = ''] = pair.split(' ')
    const room = (left.get(from) ?? 0) > 0 && (left.get(to) ?? 0) > 0
    if (from === to || kept.includes(`${to} ${from}`) || !room) continue
    for (const id of [from, to]) left.set(id, (left.get(id) ?? 0) - 1)
    kept.push(pair)
  }
  return kept
}

/** The other way round: what the item names, as it would be given. */
function given(part: Part, value: Value): string[] {
  const items = (value?.items ?? []).map(String)
  if (isTyped(part)) return part.several ? [items.join('\n')] : items
  if (part.kind !== 'pairs') return items.flatMap(name => byName(part.options, name)?.id ?? [])
  return items.flatMap(pair => {
    const [from, to] = pair.split(' ')
    const found = [byName(part.options, from), byName(part.targets, to)] as const
    // The ends of a pair without direction come in any order.
    const [option, target] =
      found[0] && found[1] ? found : [byName(part.options, to), byName(part.targets, from)]
    return option && target ? [`${option.id} ${target.id}`] : []
  })
}

/** An answer as HTML that may be shown. */
function shown(part: Part, answer: string[]): string {
  if (isTyped(part)) return answer.map(typedAnswer).join(', ')
  const content = (options: Option[], id: string | undefined) => byId(options, id)?.content ?? ''
  if (part.kind !== 'pairs') return answer.map(id => content(part.options, id)).join(', ')
  return answer
    .map(pair => pair.split(' '))
    .map(([from, to]) => `${content(part.options, from)} – ${content(part.targets, to)}`)
    .join(', ')
}

/** The answers to all parts; with their numbers where there are several. */
function shownAll(parts: Part[], answers: Responses): string | null {
  const texts = parts.flatMap((part, at) => {
    const text = shown(part, answers[idOf(part)] ?? [])
    return text === '' ? [] : [parts.length > 1 ? `[${at + 1}] ${text}` : text]
  })
  return texts.length > 0 ? texts.join('<br />') : null
}

const namedAll = (parts: Part[], answers: Responses): NamedResponses =>
  Object.fromEntries(parts.map(part => [part.response, named(part, answers[idOf(part)] ?? [])]))

const rightAnswers = ({ parts }: Item, { correct }: Sitting): Responses =>
  Object.fromEntries(parts.map(part => [idOf(part), given(part, correct.get(part.response) ?? null)]))

/** A part of a text, with the values that were drawn in place of their names. */
const withValues = (html: string, { template }: Sitting) =>
  html.replace(/\{\{([\p{L}_][\p{L}\p{N}_.-]*)\}\}/gu, (found, name: string) =>
    template.has(name) ? typedAnswer(printed(template.get(name) ?? null)) : found,
  )

export const item: QuestionRules<Item, { parts: OpenPart[] }> = {
  open: ({ parts }, shuffle) => ({
    parts: parts.map(part => ({
      id: idOf(part),
      kind: part.kind,
      prompt: part.prompt,
      most: part.most,
      several: part.several,
      options: inOrder(part.options, part.shuffle, shuffle).map(opened),
      targets: inOrder(part.targets, part.shuffle, shuffle).map(opened),
    })),
  }),
  drawn({ content, body }, seed) {
    const own = { ...body, seed: body.seed ?? seed }
    const sitting = unlessStopped(() => sittingOf(own))
    // An item that was stored is whole; should it stop all the same, no one's attempt may stop with it.
    if (!sitting || sitting.template.size === 0) return { content, body: own }
    const filled = (option: Option) => ({ ...option, content: withValues(option.content, sitting) })
    const parts = body.parts.map(part => ({
      ...part,
      prompt: withValues(part.prompt, sitting),
      options: part.options.map(filled),
      targets: part.targets.map(filled),
    }))
    return { content: withValues(content, sitting), body: { ...own, parts } }
  },
  responseIds: (_questionId, { parts }) => parts.map(idOf),
  admissible({ parts }, responseId, answer) {
    const part = parts.find(one => idOf(one) === responseId)
    if (!part) return []
    if (isTyped(part)) return answer.slice(0, 1)
    const known = [...new Set(answer)].filter(one => named(part, [one]).length > 0)
    const kept = part.kind === 'pairs' ? allowedPairs(part, known) : known
    return part.most > 0 ? kept.slice(0, part.most) : kept
  },
  marks(questionId, body, responses) {
    const answer = shownAll(body.parts, responses)
    const found = unlessStopped(() => {
      const sitting = sittingOf(body)
      const { score, feedback } = sitting.score(namedAll(body.parts, responses))
      const worth = sitting.worth() ?? 1
      const earned = Number.isFinite(score) ? Math.min(score, worth) : 0
      return { worth, earned, feedback, expected: shownAll(body.parts, rightAnswers(body, sitting)) }
    })
    const { worth, earned, feedback, expected } = found ?? unscored
    const texts = body.feedback.flatMap(({ name, content }) => (feedback.includes(name) ? [content] : []))
    return [
      {
        part: questionId,
        given: answer,
        expected,
        worth,
        earned,
        reason: reasonOf(earned, worth, answer !== null),
        feedback: texts.length > 0 ? texts.join('<br />') : null,
      },
    ]
  },
  correct: () => [],
  tell(body, responseId, answer) {
    const at = body.parts.findIndex(part => idOf(part) === responseId)
    const part = body.parts[at]
    if (!part) return { part: null, answer: answer.map(typedAnswer).join(', '), right: null }
    return {
      part: body.parts.length > 1 ? `[${at + 1}]` : null,
      answer: shown(part, answer),
      right: tellsAlone(body) ? isWhole(body, { [responseId]: answer }) : null,
    }
  },
  comparisons: ({ source }) => costOf(source),
  prepared: body => ({ ...body, parts: body.parts.map(part => ({ ...part, id: part.id ?? uuidv7() })) }),
  fault({ source, parts }) {
    if (!canRun(source)) return 'item_cannot_run'
    const declared = responsesOf(source)
    const names = parts.map(({ response }) => response)
    const each = new Set(names).size === names.length && names.every(name => declared.has(name))
    const twice = parts.some(({ options, targets }) => hasRepeatedId(options) || hasRepeatedId(targets))
    if (!each || twice) return 'item_parts_do_not_match'
    return parts.length === 0 ? 'item_parts_do_not_match' : null
  },
  htmlPlaces: ({ parts, feedback }) => [
    ...parts.flatMap(part => [
      { holder: part, name: 'prompt' },
      ...[...part.options, ...part.targets].map(holder => ({ holder, name: 'content' })),
    ]),
    ...feedback.map(holder => ({ holder, name: 'content' })),
  ],
}

/** Where its rules stopped in the middle: it earns nothing, and who teaches the course may change that. */
const unscored = { worth: 1, earned: 0, feedback: [] as string[], expected: null }

/** What rules come to, or null where they stop: `fault` lets none in that would, but for steps that answers add. */
function unlessStopped<T>(work: () => T): T | null {
  try {
    return work()
  } catch (failure) {
    if (failure instanceof QtiFault) return null
    throw failure
  }
}

/** Its rules score the whole, and of an attempt with what was drawn for it: what one part brings they do not say. */
const tellsAlone = (body: Item) =>
  body.parts.length === 1 && (body.seed !== null || unlessStopped(() => sittingOf(body))?.template.size === 0)

const isWhole = (body: Item, responses: Responses) =>
  item.marks('', body, responses).every(({ earned, worth }) => earned === worth)

function reasonOf(earned: number, worth: number, answered: boolean): PartMark['reason'] {
  if (!answered) return 'unanswered'
  if (earned === worth) return 'right'
  return earned > 0 ? 'partly' : 'wrong'
}
