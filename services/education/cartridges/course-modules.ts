import { became } from '@azora/contracts/education/import-names.ts'
import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { plainText } from '@azora/kit/rich-text/sanitise.ts'
import { shownFileName, shownText } from './entry-names.ts'
import { described, imported, type Ledger, lost } from './ledger.ts'
import type { ManifestResource } from './manifest.ts'
import type { Leaf, Section } from './outline.ts'
import { portableHtml } from './portable-html.ts'
import { quizTitle } from './qti.ts'
import { type LooseItem, looseItems } from './qti2-test.ts'
import { isMaterial, type Loaded, type Loading, loadResource, mainPath, toolPage } from './resources.ts'
import { childrenOf } from './xml.ts'

/** The course's modules with what each holds, read but not yet finished. */

export type Placed = { leaf: Leaf; loaded: Loaded; ref: string; title: string }
export type Module = { title: string; folderIds: string[]; hidden: ImportReason | null; lessons: Placed[] }

export async function loadModules(sections: Section[], at: Loading): Promise<Module[]> {
  const refs = new Set<string>()
  const memory = new Map<string, Loaded>()
  const placed = new Set<string>()
  const modules: Module[] = []
  for (const section of sections) {
    const lessons: Placed[] = []
    for (const leaf of section.leaves) {
      const loaded = await loadLeaf(leaf, at, memory)
      at.ledger.item(leaf.id, loaded ? 'imported' : 'lost')
      if (leaf.resourceId) placed.add(leaf.resourceId)
      if (loaded) lessons.push(...placedAll(leaf, loaded, refs, at))
    }
    const { title, folderIds, hidden } = section
    if (lessons.length > 0) modules.push({ title, folderIds, hidden, lessons })
  }
  const rest = await loadRest(placed, at, refs, new Set([...memory.values()].map(loaded => loaded.path)))
  if (rest.length > 0) {
    modules.push({
      title: modules.length > 0 ? 'More material' : at.manifest.title,
      folderIds: [],
      hidden: null,
      lessons: rest,
    })
  }
  return modules.map((module, index) => {
    const again = modules.slice(0, index).some(other => other.title === module.title)
    return again ? { ...module, title: `${module.title} (continued)` } : module
  })
}

/** A file may hold several quizzes: each becomes a lesson, the first under the name that the outline gives. */
function placedAll(leaf: Leaf, loaded: Loaded, refs: Set<string>, at: Loading): Placed[] {
  const first = placedWithNotes(leaf, loaded, refs, at)
  if (loaded.kind !== 'quiz') return first
  const further = loaded.more.map(root => {
    const title = quizTitle(root) || 'More questions'
    return place({ ...leaf, title: '' }, { ...loaded, root, more: [], meta: null, title }, refs)
  })
  return [...first, ...further]
}

/** The lesson, and where the original has text for teachers alone, a hidden lesson with it. */
function placedWithNotes(leaf: Leaf, loaded: Loaded, refs: Set<string>, at: Loading): Placed[] {
  const lesson = place(leaf, loaded, refs)
  if (!loaded.teacherHtml) return [lesson]
  const title = `${lesson.title} (for teachers)`
  const notes: Loaded = {
    kind: 'page',
    title,
    html: loaded.teacherHtml,
    hidden: because('for_teachers'),
    path: '',
    durationMinutes: null,
    aliases: [],
    frontPage: false,
    keepsFile: false,
  }
  const own: Leaf = { ...leaf, id: `${leaf.id}-teachers`, title, resourceId: null, url: null }
  at.ledger.note(
    loaded.path || at.source.manifest,
    described(became('hidden_lesson', { title }), because('teachers_text'), 'for_teachers'),
  )
  return [lesson, place(own, notes, refs)]
}

async function loadLeaf(leaf: Leaf, at: Loading, memory: Map<string, Loaded>): Promise<Loaded | null> {
  const { manifest, source, ledger } = at
  const resource = leaf.resourceId ? manifest.resources.get(leaf.resourceId) : undefined
  const path = resource && (mainPath(resource, source) ?? (resource.inline ? '' : null))
  if (resource && path !== null && path !== undefined) {
    const known = memory.get(resource.id) ?? (await loadResource(resource, path, at))
    if (known) {
      memory.set(resource.id, known)
      return { ...known, hidden: known.hidden ?? leaf.hidden }
    }
  }
  if (leaf.url) return outsideLeaf(leaf, leaf.url, ledger, source.manifest)
  const wanted = resource?.href ?? resource?.files[0]
  const reason = path === '' ? because('manifest_entry_unreadable') : missing(wanted)
  ledger.note(
    source.manifest,
    lost(became('item', { title: leaf.title || leaf.id }), reason, 'missing_resource'),
  )
  return null
}

const missing = (wanted: string | undefined) =>
  wanted ? because('missing_file', { path: shownText(wanted) }) : because('missing')

function outsideLeaf(leaf: Leaf, url: string, ledger: Ledger, manifest: string): Loaded {
  const common = { title: leaf.title, hidden: leaf.hidden, path: '', durationMinutes: null, aliases: [] }
  if (!leaf.isTool) return { ...common, kind: 'link', url }
  ledger.note(
    manifest,
    described(became('lesson', { title: leaf.title }), because('tool_described'), 'external_tool'),
  )
  return { ...common, ...toolPage(leaf.title, url) }
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
  const loose: LooseItem[] = []
  // Items of QTI 2 come last: the tests before them say which are theirs.
  const isItem = (resource: ManifestResource) => resource.type.startsWith('imsqti_item')
  const resources = [...at.manifest.resources.values()].toSorted(
    (a, b) => Number(isItem(a)) - Number(isItem(b)),
  )
  for (const resource of resources) {
    const path = placed.has(resource.id) ? null : restPath(resource, at, paths)
    if (path === null) continue
    const loaded = await loadResource(resource, path, at)
    if (path) paths.add(path)
    if (!loaded) continue
    if (loaded.kind === 'page' && isEmpty(loaded.html) && path) {
      at.ledger.claim(
        path,
        described(became('page', { title: loaded.title }), because('page_empty'), 'empty_page'),
      )
      continue
    }
    const only = isItem(resource) && loaded.kind === 'quiz' ? childrenOf(loaded.root)[0] : undefined
    if (only) loose.push({ root: only, path })
    else lessons.push(...placedAll(restLeaf(resource.id), loaded, refs, at))
  }
  if (loose.length > 0) lessons.push(place(restLeaf('questions'), looseQuiz(loose, at), refs))
  const rank = ({ loaded }: Placed) => (loaded.kind === 'page' && loaded.frontPage ? 0 : 1)
  return lessons.toSorted((a, b) => rank(a) - rank(b))
}

const restLeaf = (resourceId: string): Leaf => ({
  id: resourceId,
  title: '',
  resourceId,
  url: null,
  isTool: false,
  hidden: null,
  durationMinutes: null,
})

/** The questions that no test names, as one quiz. */
function looseQuiz(items: LooseItem[], { manifest: { title }, ledger }: Loading): Loaded {
  const { path } = items[0]!
  for (const other of items.slice(1)) ledger.claim(other.path, imported(became('quiz_part', { title })))
  const root = looseItems(items, title)
  return {
    kind: 'quiz',
    title,
    root,
    more: [],
    meta: null,
    path,
    hidden: null,
    durationMinutes: null,
    aliases: [],
  }
}

/** Null when there is nothing in the resource to learn from, or it is in the course already. */
function restPath(resource: ManifestResource, at: Loading, paths: Set<string>): string | null {
  const path = mainPath(resource, at.source)
  if (path === null) return resource.inline && isMaterial(resource, '') ? '' : null
  return paths.has(path) || at.ledger.claimed(path) || !isMaterial(resource, path) ? null : path
}

function isEmpty(html: string): boolean {
  const silent = { aside: () => {}, dropped: () => {}, hiddenPart: () => {} }
  const page = portableHtml(html, 'block', silent)
  return plainText(page) === '' && !/<(?:img|video|audio|iframe)\b/i.test(page)
}
