import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import type { CartridgeQuiz } from './cartridge.ts'
import { shownText } from './entry-names.ts'
import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from './xml.ts'

/** What Canvas adds to a cartridge under `course_settings/` and beside its resources. */

export type CanvasModule = {
  id: string
  title: string
  hidden: ImportReason | null
  items: CanvasModuleItem[]
}

export type CanvasModuleItem = {
  id: string
  title: string
  /** WikiPage, Assignment, Quizzes::Quiz, ExternalUrl, ContextExternalTool, ContextModuleSubHeader, … */
  contentType: string
  resourceId: string | null
  url: string | null
  hidden: ImportReason | null
}

/** `course_settings/module_meta.xml`, in its own order. */
export function readModuleMeta(root: XmlElement): CanvasModule[] {
  return byPosition(childrenOf(root, 'module')).map(module => ({
    id: module.attributes.identifier ?? '',
    title: shownText(textOf(childOf(module, 'title'))),
    hidden: hiddenByState(module, 'module_'),
    items: byPosition(childrenOf(childOf(module, 'items') ?? module, 'item')).map(item => ({
      id: item.attributes.identifier ?? '',
      title: shownText(textOf(childOf(item, 'title'))),
      contentType: textOf(childOf(item, 'content_type')),
      resourceId: textOf(childOf(item, 'identifierref')) || null,
      url: textOf(childOf(item, 'url')) || null,
      hidden: hiddenByState(item),
    })),
  }))
}

function byPosition(elements: XmlElement[]): XmlElement[] {
  const position = (element: XmlElement) => Number.parseInt(textOf(childOf(element, 'position')), 10) || 0
  return elements.toSorted((a, b) => position(a) - position(b))
}

type Assignment = {
  title: string
  html: string
  details: [label: string, value: string][]
  hidden: ImportReason | null
  /** Text that only teachers saw. */
  teacherHtml: string
  /** Names under which other pages link to it. */
  aliases: string[]
}

/** `assignment.xml` (the CC extension resource) or an older `assignment_settings.xml`, which has no text. */
export function readAssignment(root: XmlElement): Assignment {
  const canvas = childOf(root, 'extensions', 'assignment') ?? root
  const gradable = childOf(root, 'gradable')
  return {
    title: shownText(textOf(childOf(root, 'title'))),
    html: textOfTyped(childOf(root, 'text')),
    details: assignmentDetails(canvas, gradable?.attributes.points_possible),
    hidden: hiddenByState(canvas),
    teacherHtml: textOfTyped(childOf(root, 'instructor_text')),
    aliases: identifiersIn(root),
  }
}

function assignmentDetails(canvas: XmlElement, points: string | undefined): [string, string][] {
  const value = (name: string) => textOf(childOf(canvas, name))
  const handIn = value('submission_types')
    .split(',')
    .map(type => submissionTypes[type.trim()] ?? '')
    .filter(Boolean)
  const pairs: [string, string][] = [
    ['Points', plainNumber(value('points_possible') || points || '')],
    ['Available from', shownTime(value('unlock_at'))],
    ['Due', shownTime(value('due_at'))],
    ['Closes', shownTime(value('lock_at'))],
    ['Hand in', handIn.join(', ')],
    ['File types', shownText(value('allowed_extensions'))],
  ]
  return pairs.filter(([, shown]) => shown !== '')
}

const submissionTypes: Record<string, string> = {
  online_text_entry: 'a text',
  online_upload: 'a file',
  online_url: 'a web address',
  media_recording: 'a recording',
  on_paper: 'on paper',
  external_tool: 'in an outside tool',
  discussion_topic: 'a post in the discussion',
}

function plainNumber(text: string): string {
  const number = Number.parseFloat(text)
  return number > 0 ? String(number) : ''
}

/** Canvas writes UTC times without saying so. */
function shownTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text)
  return match ? `${match[1]} ${match[2]} UTC` : shownText(text, 40)
}

type Topic = { title: string; html: string; attachments: string[] }

/** A discussion topic (`imsdt_xmlv1p0` to `v1p3`). */
export function readTopic(root: XmlElement): Topic {
  return {
    title: shownText(textOf(childOf(root, 'title'))),
    html: textOfTyped(childOf(root, 'text')),
    attachments: childrenOf(childOf(root, 'attachments') ?? root, 'attachment').flatMap(
      file => file.attributes.href ?? [],
    ),
  }
}

export type TopicMeta = {
  topicId: string
  announcement: boolean
  hidden: ImportReason | null
  details: [string, string][]
  aliases: string[]
}

export function readTopicMeta(root: XmlElement): TopicMeta {
  const assignment = childOf(root, 'assignment')
  return {
    topicId: textOf(childOf(root, 'topic_id')),
    announcement: textOf(childOf(root, 'type')) === 'announcement',
    hidden: hiddenByState(root) ?? (assignment ? hiddenByState(assignment) : null),
    details: assignment ? assignmentDetails(assignment, undefined) : [],
    aliases: identifiersIn(root),
  }
}

/**
 * `assessment_meta.xml` over what the QTI said: it is what the Canvas teacher saw. `description` is raw HTML. Where
 * Canvas told learners something between what can be told here, they are told less rather than more.
 */
export function readAssessmentMeta(root: XmlElement): {
  settings: Partial<CartridgeQuiz>
  hidden: ImportReason | null
  aliases: string[]
  /** What has no place here. */
  notKept: ImportReason[]
} {
  const value = (name: string) => textOf(childOf(root, name)).trim()
  const attempts = Number.parseInt(value('allowed_attempts'), 10)
  const minutes = Number.parseInt(value('time_limit'), 10)
  const opensAt = utcTime(value('unlock_at'))
  const settings = {
    ...(/survey$/.test(value('quiz_type')) && { kind: 'survey' as const }),
    ...(value('title') && { title: shownText(value('title')) }),
    ...(value('description') && { description: value('description') }),
    ...(Number.isFinite(attempts) && { maxAttempts: attempts > 0 ? attempts : null }),
    ...(minutes > 0 && { timeLimitMinutes: minutes }),
    ...(opensAt && { opensAt }),
    ...(value('access_code') && { accessCode: value('access_code') }),
    resultsShown: resultsShown(value),
    // `shuffle_answers` mixes the answers of a question, not the questions: those keep their order.
    shuffle: false,
    shuffleAnswers: value('shuffle_answers') === 'true',
  }
  const hidden = value('available') === 'false' ? because('unpublished') : hiddenByState(root)
  return { settings, hidden, aliases: identifiersIn(root), notKept: notKept(value) }
}

/** `hide_results` (`always`, `until_after_last_attempt`) hides all of the result, the others the right answers. */
function resultsShown(value: (name: string) => string): CartridgeQuiz['resultsShown'] {
  if (value('hide_results') === 'always') return 'none'
  const partly =
    value('hide_results') !== '' ||
    value('show_correct_answers') === 'false' ||
    value('show_correct_answers_last_attempt') === 'true' ||
    value('show_correct_answers_at') !== '' ||
    value('hide_correct_answers_at') !== '' ||
    value('one_time_results') === 'true'
  return partly ? 'score' : 'all'
}

function notKept(value: (name: string) => string): ImportReason[] {
  const [due, closed] = [value('due_at'), value('lock_at')]
  return [
    ...(value('hide_results') !== 'always' && resultsShown(value) === 'score'
      ? [because('score_alone')]
      : []),
    ...(due ? [because('was_due', { time: toldTime(due) })] : []),
    ...(closed ? [because('was_closed', { time: toldTime(closed) })] : []),
    ...(value('one_question_at_a_time') === 'true' ? [because('one_at_a_time')] : []),
    ...(value('ip_filter') ? [because('some_networks')] : []),
    ...(value('require_lockdown_browser') === 'true' ? [because('lockdown_browser')] : []),
  ]
}

/** An ISO time, or null. Canvas writes UTC without saying so. */
function utcTime(text: string): string | null {
  const ms = Date.parse(/[zZ]$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)
  const time = Number.isNaN(ms) ? null : new Date(ms).toISOString()
  return time && /^20\d\d-/.test(time) ? time : null
}

/** A time for the report: a point in time where it is one, else as it is written. */
const toldTime = (text: string) => utcTime(text) ?? shownText(text, 40)

type ExternalTool = { title: string; description: string; url: string | null }

/** A basic LTI link (`imsbasiclti_xmlv1p0` to `v1p3`). */
export function readExternalTool(root: XmlElement): ExternalTool {
  return {
    title: shownText(textOf(childOf(root, 'title'))),
    description: textOf(childOf(root, 'description')),
    url: textOf(childOf(root, 'secure_launch_url')) || textOf(childOf(root, 'launch_url')) || null,
  }
}

type WebLink = { title: string; url: string }

/** A web link (`imswl_xmlv1p0` to `v1p3`). */
export function readWebLink(root: XmlElement): WebLink {
  return {
    title: shownText(textOf(childOf(root, 'title'))),
    url: childOf(root, 'url')?.attributes.href?.trim() ?? '',
  }
}

function textOfTyped(element: XmlElement | undefined): string {
  const text = textOf(element)
  if (!element?.attributes.texttype || /html/i.test(element.attributes.texttype)) return text
  return `<p>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>')}</p>`
}

/**
 * Why Canvas shows something to teachers alone: its state, or a date that is still to come. Null when learners saw it.
 * An opening date of a quiz is a setting of the quiz, and is not looked at here.
 */
function hiddenByState(element: XmlElement, of: '' | 'module_' = ''): ImportReason | null {
  const state = textOf(childOf(element, 'workflow_state'))
  if (!/^(?:active|published|available)?$/.test(state)) return because(`${of}unpublished`)
  if (textOf(childOf(element, 'only_visible_to_overrides')) === 'true') return because(`${of}for_some`)
  if (element.name === 'quiz') return null
  const opens = ['unlock_at', 'delayed_post_at', 'publish_at'].map(name => textOf(childOf(element, name)))
  const later = opens.find(isToCome)
  return later ? because(`${of}opens_later`, { time: toldTime(later) }) : null
}

const isToCome = (time: string) => Date.parse(utcTime(time) ?? '') > Date.now()

/** Why Canvas shows a page to teachers alone, by the `meta` elements of its head; null when learners saw it. */
export function pageHidden(meta: Map<string, string>): ImportReason | null {
  if (/^(?:unpublished|deleted)$/.test(meta.get('workflow_state') ?? '')) return because('unpublished')
  const later = ['publish_at', 'unlock_at'].map(name => meta.get(name) ?? '').find(isToCome)
  return later ? because('opens_later', { time: toldTime(later) }) : null
}

/** Identifiers of the element and of the assignments, quizzes and topics in it: links use any of them. */
function identifiersIn(root: XmlElement): string[] {
  const elements = [root, ...['assignment', 'quiz', 'topic'].flatMap(name => descendantsOf(root, name))]
  const named = ['topic_id', 'quiz_identifierref', 'resource_link_lookup_uuid'].map(name =>
    textOf(childOf(root, name)),
  )
  return [...elements.map(element => element.attributes.identifier ?? ''), ...named].filter(Boolean)
}

/** `reachable`: learners who had a link could open it all the same. */
export type HiddenFile = { reason: ImportReason; reachable: boolean }

export type HiddenFiles = { ids: Map<string, HiddenFile>; folders: [path: string, hidden: HiddenFile][] }

/** `course_settings/files_meta.xml`: files and folders that learners did not see, by resource id and by path. */
export function readFilesMeta(root: XmlElement): HiddenFiles {
  const hidden: HiddenFiles = { ids: new Map(), folders: [] }
  const hiddenState = (element: XmlElement): HiddenFile | null => {
    const is = (name: string) => textOf(childOf(element, name)) === 'true'
    if (is('locked')) return { reason: because('locked'), reachable: false }
    if (is('hidden')) return { reason: because('hidden'), reachable: true }
    const reason = hiddenByState(element)
    return reason ? { reason, reachable: false } : null
  }
  for (const file of descendantsOf(root, 'file')) {
    const state = hiddenState(file)
    if (state && file.attributes.identifier) hidden.ids.set(file.attributes.identifier, state)
  }
  for (const folder of descendantsOf(root, 'folder')) {
    const state = hiddenState(folder)
    const path = (folder.attributes.path ?? '').replace(/^\/+|\/+$/g, '')
    if (state && path) hidden.folders.push([`${path}/`, state])
  }
  return hidden
}
