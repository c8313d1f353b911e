import { became } from '@azora/contracts/education/import-names.ts'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { accountForHeadings, accountForTheRest, reportOf } from './accounting.ts'
import { type CanvasModule, type HiddenFile, readFilesMeta, readModuleMeta } from './canvas.ts'
import type { CartridgeCourse, CartridgeItem, ImportReport } from './cartridge.ts'
import { CartridgeError } from './cartridge-error.ts'
import { courseDescription } from './course-description.ts'
import { loadModules, type Module } from './course-modules.ts'
import { createFileShelf, type FileShelf } from './file-shelf.ts'
import { attached, createLedger, described, hiddenFinding, type Ledger } from './ledger.ts'
import { finishLesson, isPlayable } from './lessons.ts'
import { type Manifest, type ManifestResource, readManifest } from './manifest.ts'
import { outlineOf } from './outline.ts'
import { isMaterial, type Loading, mainPath } from './resources.ts'
import type { Source } from './source.ts'
import { childOf, textOf, type XmlElement } from './xml.ts'

/** The whole reading: order, contents, references, report. */
export async function assembleCourse(
  source: Source,
  onFault: (failure: unknown) => void,
): Promise<{ course: CartridgeCourse; report: ImportReport; shelf: FileShelf }> {
  const ledger = createLedger()
  const manifest = readManifest(await source.xml(source.manifest))
  ledger.claim(source.manifest, described(became('course_order'), because('read_for_order'), 'settings'))
  const canvas = await canvasModules(source, ledger)
  const language = manifest.language ?? (await canvasLanguage(source, ledger))
  const { sections, emptyHeadings } = outlineOf(manifest.items, canvas, manifest.title)
  for (const heading of emptyHeadings) {
    ledger.note(
      source.manifest,
      described(became('heading', { title: heading }), because('heading_empty'), 'empty_heading'),
    )
  }
  const hiddenFile = await hiddenFiles(source, manifest, ledger)
  const loading: Loading = { source, manifest, ledger, hiddenFile, onFault }
  const modules = await loadModules(sections, loading)
  accountForHeadings(manifest.items, ledger)
  const shelf = createFileShelf(source)
  const places = placesOf(modules, manifest, source, hiddenFile)
  const workshop = { ledger, shelf, places, onFault }
  const course: CartridgeCourse = {
    title: manifest.title,
    description: manifest.description ? courseDescription(manifest.description, source, workshop) : null,
    language,
    keywords: manifest.keywords,
    modules: modules.map(({ title, hidden, lessons }) => ({
      title,
      hidden: hidden !== null,
      items: lessons.map(({ leaf, loaded, ref, title: lesson }): CartridgeItem => {
        const content = finishLesson(loaded, lesson, workshop)
        const empty = loaded.kind === 'quiz' && content.kind === 'page'
        return {
          ref,
          title: lesson,
          durationMinutes: leaf.durationMinutes ?? loaded.durationMinutes,
          hidden: loaded.hidden !== null || empty,
          ...content,
        }
      }),
    })),
    files: [],
  }
  for (const { title, hidden } of modules) {
    if (hidden) ledger.note(source.manifest, hiddenFinding(became('module', { title }), hidden))
  }
  const books = { manifest, source, ledger, shelf, hiddenFile }
  accountForTheRest(books)
  course.files = shelf.list()
  return { course, report: reportOf(course, books), shelf }
}

async function canvasModules(source: Source, ledger: Ledger): Promise<CanvasModule[]> {
  const path = source.find('course_settings/module_meta.xml')
  if (!path) return []
  const root = await settings(source, path, ledger)
  ledger.claim(path, described(became('module_order'), because('read_for_modules'), 'settings'))
  return root ? readModuleMeta(root) : []
}

async function canvasLanguage(source: Source, ledger: Ledger): Promise<string | null> {
  const path = source.find('course_settings/course_settings.xml')
  if (!path) return null
  const root = await settings(source, path, ledger)
  if (!root) return null
  const locale = textOf(childOf(root, 'locale'))
  ledger.claim(path, attached(became('attached_file'), because('read_for_language'), 'settings'))
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9-]{1,30})?$/.test(locale) ? locale : null
}

function placesOf(modules: Module[], manifest: Manifest, source: Source, hiddenFile: HiddenFileOf) {
  const byId = new Map<string, string>()
  const byPath = new Map<string, string>()
  const byTitle = new Map<string, string>()
  const barred = new Map<string, ImportReason>()
  const first = <T>(map: Map<string, T>, key: string | null, value: T) => {
    if (key && !map.has(key)) map.set(key, value)
  }
  for (const { lessons, folderIds } of modules) {
    for (const { leaf, loaded, ref, title } of lessons) {
      const names = [leaf.resourceId, leaf.id, ...loaded.aliases]
      if (loaded.kind === 'quiz' && !isPlayable(loaded)) {
        for (const name of [...names, loaded.path]) first(barred, name, because('leads_to_untakeable_quiz'))
        continue
      }
      for (const name of names) first(byId, name, ref)
      if (loaded.kind === 'page') first(byTitle, slug(title), ref)
      if (loaded.kind !== 'file') first(byPath, loaded.path || null, ref)
    }
    const target = lessons.find(({ ref }) => [...byId.values()].includes(ref))
    for (const folder of target ? folderIds : []) first(byId, folder, target!.ref)
  }
  const fileOf = (id: string) => {
    const resource: ManifestResource | undefined = manifest.resources.get(id)
    return (resource && mainPath(resource, source)) ?? undefined
  }
  const lockedReason = (path: string) => {
    const hidden = hiddenFile(path)
    return hidden && !hidden.reachable ? because('leads_to_hidden_file') : undefined
  }
  return {
    source,
    itemOf: (id: string) => byId.get(id),
    itemAt: (path: string) => byPath.get(path),
    itemTitled: (title: string) => byTitle.get(slug(title)),
    withoutLesson: (name: string) => barred.get(name) ?? lockedReason(name),
    fileOf,
  }
}

/** As wiki systems make an address of a title. */
const slug = (title: string) =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

type HiddenFileOf = (path: string) => HiddenFile | undefined

async function hiddenFiles(source: Source, manifest: Manifest, ledger: Ledger): Promise<HiddenFileOf> {
  const byPath = new Map<string, HiddenFile>()
  for (const resource of manifest.resources.values()) {
    const file = resource.hidden && mainPath(resource, source)
    if (file && !isMaterial(resource, file)) byPath.set(file, { reason: resource.hidden!, reachable: false })
  }
  const path = source.find('course_settings/files_meta.xml')
  const root = path && (await settings(source, path, ledger))
  if (!path || !root) return file => byPath.get(file)
  ledger.claim(path, described(became('settings_of_files'), because('read_for_hidden'), 'settings'))
  const { ids, folders } = readFilesMeta(root)
  for (const [id, hidden] of ids) {
    const resource = manifest.resources.get(id)
    const file = resource && mainPath(resource, source)
    if (file) byPath.set(file, hidden)
  }
  return file =>
    byPath.get(file) ??
    folders.find(([folder]) => file.replace(/^web_resources\//i, '').startsWith(folder))?.[1]
}

/** Settings that cannot be read are kept as a file, and the course comes in without them. */
async function settings(source: Source, path: string, ledger: Ledger): Promise<XmlElement | null> {
  try {
    return await source.xml(path)
  } catch (error) {
    if (!(error instanceof CartridgeError) || error.code === 'forbidden_doctype' || error.entry === null)
      throw error
    ledger.claim(path, attached(became('attached_file'), error.reason, 'unreadable'))
    return null
  }
}
