import type { CartridgeQuiz } from './cartridge.ts'
import { shownText } from './entry-names.ts'
import { childOf, childrenOf, textOf, type XmlElement } from './xml.ts'

/** What Canvas adds to a cartridge under `course_settings/` and beside its resources. */

export type CanvasModule = { id: string; title: string; published: boolean; items: CanvasModuleItem[] }

export type CanvasModuleItem = {
  id: string
  title: string
  /** WikiPage, Assignment, Quizzes::Quiz, ExternalUrl, ContextExternalTool, ContextModuleSubHeader, … */
  contentType: string
  resourceId: string | null
  url: string | null
  published: boolean
}

/** `course_settings/module_meta.xml`, in its own order. */
export function readModuleMeta(root: XmlElement): CanvasModule[] {
  return byPosition(childrenOf(root, 'module')).map(module => ({
    id: module.attributes.identifier ?? '',
    title: shownText(textOf(childOf(module, 'title'))),
    published: textOf(childOf(module, 'workflow_state')) !== 'unpublished',
    items: byPosition(childrenOf(childOf(module, 'items') ?? module, 'item')).map(item => ({
      id: item.attributes.identifier ?? '',
      title: shownText(textOf(childOf(item, 'title'))),
      contentType: textOf(childOf(item, 'content_type')),
      resourceId: textOf(childOf(item, 'identifierref')) || null,
      url: textOf(childOf(item, 'url')) || null,
      published: textOf(childOf(item, 'workflow_state')) !== 'unpublished',
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
  published: boolean
}

/** `assignment.xml` (the CC extension resource) or an older `assignment_settings.xml`, which has no text. */
export function readAssignment(root: XmlElement): Assignment {
  const canvas = childOf(root, 'extensions', 'assignment') ?? root
  const gradable = childOf(root, 'gradable')
  return {
    title: shownText(textOf(childOf(root, 'title'))),
    html: textOfTyped(childOf(root, 'text')) || textOfTyped(childOf(root, 'instructor_text')),
    details: assignmentDetails(canvas, gradable?.attributes.points_possible),
    published: textOf(childOf(canvas, 'workflow_state')) !== 'unpublished',
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
  published: boolean
  details: [string, string][]
}

export function readTopicMeta(root: XmlElement): TopicMeta {
  const assignment = childOf(root, 'assignment')
  return {
    topicId: textOf(childOf(root, 'topic_id')),
    announcement: textOf(childOf(root, 'type')) === 'announcement',
    published: textOf(childOf(root, 'workflow_state')) !== 'unpublished',
    details: assignment ? assignmentDetails(assignment, undefined) : [],
  }
}

/** `assessment_meta.xml` over what the QTI said: it is what the Canvas teacher saw. `description` is raw HTML. */
export function readAssessmentMeta(root: XmlElement): Partial<CartridgeQuiz> & { published: boolean } {
  const value = (name: string) => textOf(childOf(root, name))
  const attempts = Number.parseInt(value('allowed_attempts'), 10)
  const minutes = Number.parseInt(value('time_limit'), 10)
  return {
    ...(value('title') && { title: shownText(value('title')) }),
    ...(value('description') && { description: value('description') }),
    ...(Number.isFinite(attempts) && { maxAttempts: attempts > 0 ? attempts : null }),
    ...(minutes > 0 && { timeLimitMinutes: minutes }),
    ...(value('shuffle_answers') && { shuffle: value('shuffle_answers') === 'true' }),
    published: value('available') !== 'false',
  }
}

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
