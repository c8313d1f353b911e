import { became } from '@azora/contracts/education/import-names.ts'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { readHtmlPage } from '@azora/kit/rich-text/page.ts'
import { escapeHtml } from '@azora/kit/rich-text/sanitise.ts'
import {
  type HiddenFile,
  pageHidden,
  readAssessmentMeta,
  readAssignment,
  readExternalTool,
  readTopic,
  readTopicMeta,
  readWebLink,
  type TopicMeta,
} from './canvas.ts'
import type { PageNote } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { folderOf } from './entry-names.ts'
import { described, type Ledger } from './ledger.ts'
import type { Manifest, ManifestResource } from './manifest.ts'
import { isHtml } from './media-types.ts'
import { assessmentsOf, questionCount, quizTitle } from './qti.ts'
import { withReferences } from './qti-references.ts'
import { withItems } from './qti2-test.ts'
import { asQti2 } from './qti3.ts'
import type { Source } from './source.ts'
import type { XmlElement } from './xml.ts'

/** A resource read but not yet cleaned: links can only be resolved once everything has its place. */
export type Loaded = {
  title: string
  /** Why learners of the original did not see it; null when they did. */
  hidden: ImportReason | null
  path: string
  durationMinutes: number | null
  /** Names under which other pages link to it, besides the resource's own. */
  aliases: string[]
  /** Text for teachers alone, which becomes a hidden lesson of its own. */
  teacherHtml?: string
} & (
  | { kind: 'page'; html: string; note?: PageNote; frontPage: boolean; keepsFile: boolean }
  | { kind: 'link'; url: string }
  | { kind: 'file'; reason: ImportReason | null }
  | {
      kind: 'quiz'
      root: XmlElement
      /** Further quizzes of the same file. */
      more: XmlElement[]
      meta: ReturnType<typeof readAssessmentMeta> | null
    }
)

export type Loading = {
  source: Source
  manifest: Manifest
  ledger: Ledger
  /** Files that learners of the original did not see. */
  hiddenFile(path: string): HiddenFile | undefined
  /** Hears of faults of ours, which cost one part and should be looked at. */
  onFault(failure: unknown): void
}

/** The path of the resource's main file in the archive, or null when it is not there. */
export function mainPath(resource: ManifestResource, source: Source): string | null {
  const named = [resource.href, ...resource.files].flatMap(href => (href ? (source.find(href) ?? []) : []))
  return named[0] ?? null
}

/** The resource's settings as XML: its main file, or what a thin cartridge writes into the manifest. */
function rootOf(resource: ManifestResource, path: string, source: Source): Promise<XmlElement> {
  return resource.inline && path === '' ? Promise.resolve(resource.inline) : source.xml(path)
}

/** Whether a resource is something to learn from, rather than a file or a setting. */
export function isMaterial(resource: ManifestResource, path: string): boolean {
  if (resource.variantOf) return false
  // Templates for the rules of QTI 2 are no material.
  if (/^imsqti_rptemplate/.test(resource.type)) return false
  if (/^(?:imsdt|imswl|imsbasiclti|imsqti|assignment)_/.test(resource.type)) return true
  if (/^course_settings\//i.test(path)) return /\/syllabus\.html$/i.test(path)
  return isHtml(path) || /^non_cc_assessments\/[^/]+\.qti$/.test(path)
}

const whole = new Set(['suspicious_compression', 'forbidden_doctype', 'closed'])

/**
 * Reads a resource. What cannot be read, for whatever reason, stays a file that says why: one faulty part never costs
 * the rest. A part that attacks, and a course beyond the limits, is refused.
 */
export async function loadResource(
  resource: ManifestResource,
  path: string,
  at: Loading,
): Promise<Loaded | null> {
  try {
    return await load(resource, path, at)
  } catch (error) {
    if (error instanceof CartridgeError && (whole.has(error.code) || error.entry === null)) throw error
    if (!(error instanceof CartridgeError)) at.onFault(error)
    if (path === '') return null
    const reason = error instanceof CartridgeError ? error.reason : because('unreadable')
    return { ...base(resource, path), kind: 'file', reason }
  }
}

const base = (resource: ManifestResource, path: string) => ({
  title: resource.title ?? '',
  hidden: resource.hidden,
  path,
  durationMinutes: resource.durationMinutes,
  aliases: [] as string[],
})

async function load(resource: ManifestResource, path: string, at: Loading): Promise<Loaded> {
  const { source } = at
  const common = base(resource, path)
  if (resource.type.startsWith('imsdt')) return loadTopic(resource, path, at)
  if (resource.type.startsWith('imswl') || resource.inline?.name === 'webLink')
    return { ...common, kind: 'link', ...readWebLink(await rootOf(resource, path, source)) }
  if (resource.type.startsWith('imsqti') || path.endsWith('.qti')) return loadQuiz(resource, path, at)
  if (resource.type.startsWith('imsbasiclti')) {
    const tool = readExternalTool(await rootOf(resource, path, source))
    return { ...common, ...toolPage(tool.title, tool.url, tool.description), path, keepsFile: path !== '' }
  }
  if (resource.type.startsWith('assignment')) {
    const assignment = readAssignment(await rootOf(resource, path, source))
    describeFallback(resource, at)
    const html = assignment.html + detailsHtml(assignment.details)
    return {
      ...common,
      kind: 'page',
      title: assignment.title,
      html,
      note: 'assignment',
      hidden: common.hidden ?? assignment.hidden,
      aliases: assignment.aliases,
      ...(assignment.teacherHtml && { teacherHtml: assignment.teacherHtml }),
      frontPage: false,
      keepsFile: false,
    }
  }
  if (isHtml(path)) return loadPage(resource, path, at)
  if (path === '')
    throw new CartridgeError('unsupported_format', because('kind_unknown'), { entry: source.manifest })
  return {
    ...common,
    hidden: common.hidden ?? at.hiddenFile(path)?.reason ?? null,
    kind: 'file',
    reason: null,
  }
}

async function loadPage(
  resource: ManifestResource,
  path: string,
  { source, ledger, hiddenFile }: Loading,
): Promise<Loaded> {
  const text = await source.html(path)
  const page = readHtmlPage(text)
  const minutes = Number.parseInt(page.meta.get('duration-minutes') ?? '', 10)
  const common = {
    ...base(resource, path),
    durationMinutes: resource.durationMinutes ?? (minutes > 0 ? minutes : null),
  }
  const hidden = common.hidden ?? hiddenFile(path)?.reason ?? pageHidden(page.meta)
  const aliases = [page.meta.get('identifier') ?? ''].filter(Boolean)
  // Canvas before 2018: the text is a page, its settings lie beside it.
  const settingsPath = resource.files
    .map(file => source.find(file))
    .find(file => file?.endsWith('assignment_settings.xml'))
  if (settingsPath) {
    const settings = readAssignment(await source.xml(settingsPath))
    ledger.claim(
      settingsPath,
      described(became('settings_of', { title: settings.title }), because('settings_in_text'), 'settings'),
    )
    return {
      ...common,
      kind: 'page',
      title: settings.title || page.title,
      html: text + detailsHtml(settings.details),
      note: 'assignment',
      hidden: hidden ?? settings.hidden,
      aliases: [...aliases, ...settings.aliases],
      ...(settings.teacherHtml && { teacherHtml: settings.teacherHtml }),
      frontPage: false,
      keepsFile: false,
    }
  }
  const syllabus = /^course_settings\/syllabus\.html$/i.test(path) || resource.intendedUse === 'syllabus'
  return {
    ...common,
    kind: 'page',
    title: syllabus ? 'Syllabus' : common.title || page.title,
    html: text,
    hidden,
    aliases: syllabus ? [...aliases, 'syllabus'] : aliases,
    frontPage: syllabus || page.meta.get('front_page') === 'true',
    keepsFile: false,
    ...(syllabus && { note: 'syllabus' as const }),
  }
}

async function loadTopic(resource: ManifestResource, path: string, at: Loading): Promise<Loaded> {
  const topic = readTopic(await rootOf(resource, path, at.source))
  const meta = await topicMeta(resource, at)
  const files = topic.attachments.map(
    href => `<li><a href="${escapeHtml(href)}">${escapeHtml(href.split('/').at(-1) ?? href)}</a></li>`,
  )
  const html =
    topic.html + (files.length ? `<ul>${files.join('')}</ul>` : '') + detailsHtml(meta?.details ?? [])
  return {
    ...base(resource, path),
    kind: 'page',
    title: topic.title,
    html,
    note: meta?.announcement ? 'announcement' : 'discussion',
    hidden: resource.hidden ?? meta?.hidden ?? null,
    aliases: meta?.aliases ?? [],
    frontPage: false,
    keepsFile: false,
  }
}

async function topicMeta(
  resource: ManifestResource,
  { source, manifest, ledger }: Loading,
): Promise<TopicMeta | null> {
  for (const id of resource.dependencies) {
    const path = source.find(manifest.resources.get(id)?.files[0] ?? '')
    if (!path?.endsWith('.xml')) continue
    const root = await tolerant(source.xml(path))
    if (root?.name !== 'topicMeta') continue
    ledger.claim(path, described(became('settings_of_discussion'), because('settings_in_text'), 'settings'))
    return readTopicMeta(root)
  }
  return null
}

async function loadQuiz(resource: ManifestResource, path: string, at: Loading): Promise<Loaded> {
  const { source, ledger } = at
  const plain = asQti2(await rootOf(resource, path, source))
  const richPath = source.find(`non_cc_assessments/${resource.id}.xml.qti`)
  const rich = richPath && richPath !== path ? await tolerant(source.xml(richPath)) : null
  const useRich = rich !== null && questionCount(rich) >= questionCount(plain)
  if (rich && richPath) {
    const other = useRich ? path : richPath
    ledger.claim(
      other,
      described(
        became('quiz_second_version', { path: useRich ? richPath : path }),
        because('fuller_version'),
        'second_version',
      ),
    )
  }
  const metaPath = findMeta(resource, path, at)
  const metaRoot = metaPath ? await tolerant(source.xml(metaPath)) : null
  const meta = metaRoot ? readAssessmentMeta(metaRoot) : null
  if (metaRoot && metaPath) {
    ledger.claim(
      metaPath,
      described(
        became('settings_of_quiz'),
        [because('settings_of_quiz'), ...(meta?.notKept ?? [])],
        'settings',
      ),
    )
  }
  const common = base(resource, useRich ? richPath! : path)
  const [first, ...more] = assessmentsOf(withReferences(useRich ? rich : plain))
  if (!first) return { ...common, kind: 'file', reason: because('quiz_format_unknown') }
  const root = first.name === 'assessmentTest' ? await withItems(first, common.path, at) : first
  return {
    ...common,
    kind: 'quiz',
    title: meta?.settings.title || quizTitle(root) || common.title,
    root,
    more,
    meta,
    hidden: common.hidden ?? meta?.hidden ?? null,
    aliases: [...(meta?.aliases ?? []), root.attributes.ident ?? ''].filter(Boolean),
  }
}

function findMeta(resource: ManifestResource, path: string, { source, manifest }: Loading): string | null {
  const files = resource.dependencies.flatMap(id => manifest.resources.get(id)?.files ?? [])
  const listed = files.find(file => file.endsWith('assessment_meta.xml'))
  return source.find(listed ?? `${folderOf(path)}assessment_meta.xml`)
}

/** For settings beside a resource: broken ones stay attached files, the resource itself still comes in. */
async function tolerant(reading: Promise<XmlElement>): Promise<XmlElement | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof CartridgeError && error.code === 'malformed_xml') return null
    throw error
  }
}

/** CC 1.3 offers a simpler variant of an assignment for systems that know no assignments. */
function describeFallback(resource: ManifestResource, { source, manifest, ledger }: Loading): void {
  for (const other of manifest.resources.values()) {
    const path = other.variantOf === resource.id ? mainPath(other, source) : null
    if (path)
      ledger.claim(
        path,
        described(became('simpler_assignment'), because('assignment_imported'), 'second_version'),
      )
  }
}

/** A lesson that stands for an outside tool, which cannot be launched from here. */
export function toolPage(
  title: string,
  url: string | null,
  description = '',
): {
  kind: 'page'
  title: string
  html: string
  note: 'external_tool'
  frontPage: false
  keepsFile: boolean
} {
  const address = url ? `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>` : ''
  const html = `<p>In the original course this opens a tool of another provider (LTI), which is not connected here.</p>${description ? `<p>${escapeHtml(description)}</p>` : ''}${address}`
  return {
    kind: 'page',
    title,
    html,
    note: 'external_tool',
    frontPage: false,
    keepsFile: false,
  }
}

function detailsHtml(details: [string, string][]): string {
  if (details.length === 0) return ''
  return `<ul>${details.map(([label, value]) => `<li><strong>${label}:</strong> ${escapeHtml(value)}</li>`).join('')}</ul>`
}
