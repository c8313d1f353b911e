import { readHtmlPage } from '@azora/kit/rich-text/page.ts'
import { escapeHtml, plainText, sanitiseLessonHtml } from '@azora/kit/rich-text/sanitise.ts'
import { type CanvasModule, readModuleMeta } from './canvas.ts'
import type { CartridgeCourse, CartridgeItem, ImportReport } from './cartridge.ts'
import { shownFileName, shownText } from './entry-names.ts'
import { createFileShelf, type FileShelf } from './file-shelf.ts'
import { attached, createLedger, described, imported, type Ledger, lost } from './ledger.ts'
import { finishLesson } from './lessons.ts'
import { type Manifest, type ManifestResource, readManifest } from './manifest.ts'
import { type Leaf, outlineOf, type Section } from './outline.ts'
import { isMaterial, type Loaded, type Loading, loadResource, mainPath, toolPage } from './resources.ts'
import { isHousekeeping, type Source } from './source.ts'
import { childOf, textOf } from './xml.ts'

type Placed = { leaf: Leaf; loaded: Loaded; ref: string; title: string }
type Module = { title: string; folderIds: string[]; lessons: Placed[] }

/** The whole reading: order, contents, references, report. */
export async function assembleCourse(
  source: Source,
): Promise<{ course: CartridgeCourse; report: ImportReport; shelf: FileShelf }> {
  const ledger = createLedger()
  const manifest = readManifest(await source.xml('imsmanifest.xml'))
  ledger.claim(
    'imsmanifest.xml',
    described('order of the course', 'Read for titles, order and resources.', 'settings'),
  )
  const canvas = await canvasModules(source, ledger)
  const language = manifest.language ?? (await canvasLanguage(source, ledger))
  const { sections, emptyHeadings } = outlineOf(manifest.items, canvas, manifest.title)
  for (const heading of emptyHeadings) {
    ledger.note(
      'imsmanifest.xml',
      described(`heading “${heading}”`, 'Nothing stands under it.', 'empty_heading'),
    )
  }
  const loading: Loading = { source, manifest, ledger }
  const modules = await loadModules(sections, loading)
  const shelf = createFileShelf(source)
  const workshop = { ledger, shelf, places: placesOf(modules, manifest, source) }
  const course: CartridgeCourse = {
    title: manifest.title,
    description: manifest.description ? describedHtml(manifest.description) : null,
    language,
    keywords: manifest.keywords,
    modules: modules.map(({ title, lessons }) => ({
      title,
      items: lessons.map(
        ({ leaf, loaded, ref, title: lesson }): CartridgeItem => ({
          ref,
          title: lesson,
          durationMinutes: leaf.durationMinutes ?? loaded.durationMinutes,
          ...finishLesson(loaded, lesson, workshop),
        }),
      ),
    })),
    files: [],
  }
  accountForTheRest(manifest, source, ledger, shelf)
  course.files = shelf.list()
  return { course, report: reportOf(course, source, ledger), shelf }
}

async function canvasModules(source: Source, ledger: Ledger): Promise<CanvasModule[]> {
  const path = source.find('course_settings/module_meta.xml')
  if (!path) return []
  ledger.claim(
    path,
    described('order of the modules', 'Read for titles, order, outside links and headings.', 'settings'),
  )
  return readModuleMeta(await source.xml(path))
}

async function canvasLanguage(source: Source, ledger: Ledger): Promise<string | null> {
  const path = source.find('course_settings/course_settings.xml')
  if (!path) return null
  const locale = textOf(childOf(await source.xml(path), 'locale'))
  ledger.claim(
    path,
    attached(
      'an attached file',
      'Read for the language; the other settings of the original system have no counterpart here.',
      'settings',
    ),
  )
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9-]{1,30})?$/.test(locale) ? locale : null
}

function describedHtml(text: string): string | null {
  return (
    sanitiseLessonHtml(
      /<[a-z]+[\s/>]/i.test(text) ? readHtmlPage(text).body : `<p>${escapeHtml(text)}</p>`,
    ) || null
  )
}

async function loadModules(sections: Section[], at: Loading): Promise<Module[]> {
  const refs = new Set<string>()
  const memory = new Map<string, Loaded>()
  const placed = new Set<string>()
  const modules: Module[] = []
  for (const section of sections) {
    const lessons: Placed[] = []
    for (const leaf of section.leaves) {
      const loaded = await loadLeaf(leaf, at, memory)
      if (leaf.resourceId) placed.add(leaf.resourceId)
      if (loaded) lessons.push(place(leaf, loaded, refs))
    }
    if (lessons.length > 0) modules.push({ title: section.title, folderIds: section.folderIds, lessons })
  }
  const rest = await loadRest(placed, at, refs, new Set([...memory.values()].map(loaded => loaded.path)))
  if (rest.length > 0) {
    modules.push({
      title: modules.length > 0 ? 'More material' : at.manifest.title,
      folderIds: [],
      lessons: rest,
    })
  }
  return modules.map((module, index) => {
    const again = modules.slice(0, index).some(other => other.title === module.title)
    return again ? { ...module, title: `${module.title} (continued)` } : module
  })
}

async function loadLeaf(leaf: Leaf, at: Loading, memory: Map<string, Loaded>): Promise<Loaded | null> {
  const { manifest, source, ledger } = at
  const resource = leaf.resourceId ? manifest.resources.get(leaf.resourceId) : undefined
  const path = resource && mainPath(resource, source)
  if (resource && path) {
    const known = memory.get(resource.id) ?? (await loadResource(resource, path, at))
    memory.set(resource.id, known)
    return { ...known, published: known.published && leaf.published }
  }
  if (leaf.url) return outsideLeaf(leaf, leaf.url, ledger)
  const wanted = resource?.href ?? resource?.files[0]
  const reason = wanted
    ? `The archive does not contain its file “${shownText(wanted)}”.`
    : 'The archive does not contain it.'
  ledger.note('imsmanifest.xml', lost(`item “${leaf.title || leaf.id}”`, reason, 'missing_resource'))
  return null
}

function outsideLeaf(leaf: Leaf, url: string, ledger: Ledger): Loaded {
  const common = { title: leaf.title, published: leaf.published, path: '', durationMinutes: null }
  if (!leaf.isTool) return { ...common, kind: 'link', url }
  ledger.note(
    'imsmanifest.xml',
    described(
      `lesson “${leaf.title}”`,
      'An outside tool cannot be launched from here; the lesson describes it.',
      'external_tool',
    ),
  )
  return { ...common, ...toolPage(leaf.title, url), published: leaf.published }
}

function place(leaf: Leaf, loaded: Loaded, refs: Set<string>): Placed {
  const title =
    leaf.title || shownText(loaded.title) || shownFileName(loaded.path).replace(/\.[A-Za-z0-9]{1,8}$/, '')
  const plain = /^[\w.-]{1,100}$/.test(leaf.id) ? leaf.id : `item-${refs.size + 1}`
  let ref = plain
  for (let number = 2; refs.has(ref); number++) ref = `${plain}-${number}`
  refs.add(ref)
  return { leaf, loaded, ref, title }
}

/** Everything to learn from that no folder mentions: nothing is dropped because it was not linked. */
async function loadRest(
  placed: Set<string>,
  at: Loading,
  refs: Set<string>,
  paths: Set<string>,
): Promise<Placed[]> {
  const lessons: Placed[] = []
  for (const resource of at.manifest.resources.values()) {
    const path = placed.has(resource.id) ? null : mainPath(resource, at.source)
    if (!path || paths.has(path) || at.ledger.claimed(path) || !isMaterial(resource, path)) continue
    const loaded = await loadResource(resource, path, at)
    paths.add(path)
    if (
      loaded.kind === 'page' &&
      plainText(loaded.html) === '' &&
      !/<(?:img|video|audio|iframe|embed)\b/i.test(loaded.html)
    ) {
      at.ledger.claim(path, described(`page “${loaded.title}”`, 'It is empty.', 'empty_page'))
      continue
    }
    const leaf: Leaf = {
      id: resource.id,
      title: '',
      resourceId: resource.id,
      url: null,
      isTool: false,
      published: true,
      durationMinutes: null,
    }
    lessons.push(place(leaf, loaded, refs))
  }
  const rank = ({ loaded }: Placed) => (loaded.kind === 'page' && loaded.frontPage ? 0 : 1)
  return lessons.toSorted((a, b) => rank(a) - rank(b))
}

function placesOf(modules: Module[], manifest: Manifest, source: Source) {
  const byId = new Map<string, string>()
  const byPath = new Map<string, string>()
  const first = (map: Map<string, string>, key: string | null, ref: string) => {
    if (key && !map.has(key)) map.set(key, ref)
  }
  for (const { lessons, folderIds } of modules) {
    for (const { leaf, loaded, ref } of lessons) {
      first(byId, leaf.resourceId, ref)
      first(byId, leaf.id, ref)
      for (const folder of folderIds) first(byId, folder, ref)
      if (loaded.kind !== 'file') first(byPath, loaded.path || null, ref)
    }
  }
  const fileOf = (id: string) => {
    const resource: ManifestResource | undefined = manifest.resources.get(id)
    return (resource && mainPath(resource, source)) ?? undefined
  }
  return { source, itemOf: (id: string) => byId.get(id), itemAt: (path: string) => byPath.get(path), fileOf }
}

function accountForTheRest(manifest: Manifest, source: Source, ledger: Ledger, shelf: FileShelf): void {
  for (const { path } of source.entries) {
    const lesson = shelf.lessonUsing(path)
    const claim = ledger.claimed(path)
    if (isHousekeeping(path)) {
      ledger.claim(
        path,
        described('nothing', 'The operating system added it; it is no part of the course.', 'housekeeping'),
      )
    } else if (path === 'course_settings/canvas_export.txt') {
      ledger.claim(path, described('nothing', 'It only marks an export from Canvas.', 'settings'))
    } else if (lesson !== undefined) {
      ledger.claim(path, imported(`file in lesson “${lesson}”`))
    } else if (!claim || claim.outcome === 'attached') {
      shelf.use(path, null)
      ledger.claim(path, attached('an attached file', 'No lesson refers to it.', 'unused_file'))
    }
  }
  for (const resource of manifest.resources.values()) {
    for (const href of new Set([...(resource.href ? [resource.href] : []), ...resource.files])) {
      if (source.find(href)) continue
      ledger.note(
        href,
        lost(
          `file “${shownFileName(href)}”`,
          'The manifest names this file, but the archive does not contain it.',
          'missing_file',
        ),
      )
    }
  }
}

function reportOf(course: CartridgeCourse, source: Source, ledger: Ledger): ImportReport {
  const entries = ledger.entries(source.entries.map(entry => entry.path))
  const items = course.modules.flatMap(module => module.items)
  const quizzes = items.flatMap(item => (item.kind === 'quiz' ? [item.quiz] : []))
  const outcomes = (outcome: string) => entries.filter(entry => entry.outcome === outcome).length
  return {
    entries,
    counts: {
      imported: outcomes('imported'),
      attached: outcomes('attached'),
      described: outcomes('described'),
      lost: outcomes('lost'),
      modules: course.modules.length,
      lessons: items.length,
      quizzes: quizzes.length,
      questions: quizzes.reduce((sum, quiz) => sum + quiz.questions.length, 0),
      unsupportedQuestions: quizzes.reduce((sum, quiz) => sum + quiz.unsupported.length, 0),
      files: course.files.length,
    },
  }
}
