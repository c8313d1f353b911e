import type { ImportReason } from '@azora/contracts/education/import-reasons.ts'
import type { CanvasModule, CanvasModuleItem } from './canvas.ts'
import type { ManifestItem } from './manifest.ts'

/** The order of the course: folders of any depth become modules, each titled by its path. */

export type Leaf = {
  id: string
  title: string
  resourceId: string | null
  /** For outside links and tools that have no resource of their own. */
  url: string | null
  isTool: boolean
  /** Why learners of the original did not see it; null when they did. */
  hidden: ImportReason | null
  durationMinutes: number | null
}

export type Section = { title: string; folderIds: string[]; hidden: ImportReason | null; leaves: Leaf[] }

type Outline = { sections: Section[]; emptyHeadings: string[] }

const separator = ' › '

/** `courseTitle` names the module of items that lie in no folder. */
export function outlineOf(items: ManifestItem[], canvas: CanvasModule[], courseTitle: string): Outline {
  const merged = mergedWithCanvas(items, canvas)
  const outline: Outline = { sections: [], emptyHeadings: [] }
  const details = new Map(canvas.flatMap(module => module.items.map(item => [item.id, item] as const)))
  const modules = new Map(canvas.map(module => [module.id, module.hidden] as const))
  walk(merged, { path: [], ids: [], hidden: null }, { outline, details, modules, courseTitle })
  return outline
}

type Walk = {
  outline: Outline
  details: Map<string, CanvasModuleItem>
  modules: Map<string, ImportReason | null>
  courseTitle: string
}

/** The folder that is walked: titles and ids from the top down, and why it is hidden if it is. */
type Folder = { path: string[]; ids: string[]; hidden: ImportReason | null }

function walk(items: ManifestItem[], folder: Folder, state: Walk): void {
  let heading: string | null = null
  let headingUsed = true
  const dropHeading = () => {
    if (heading !== null && !headingUsed) state.outline.emptyHeadings.push(heading)
  }
  for (const item of items) {
    const leaf = leafOf(item, folder, state)
    if (item.children.length > 0) {
      const inner = {
        path: [...folder.path, item.title].filter(Boolean),
        ids: [...folder.ids, item.id],
        hidden: folder.hidden ?? item.hidden ?? state.modules.get(item.id) ?? null,
      }
      if (leaf) place(leaf, inner, state)
      walk(item.children, inner, state)
    } else if (leaf) {
      place(leaf, heading === null ? folder : { ...folder, path: [...folder.path, heading] }, state)
      headingUsed = true
    } else if (item.title) {
      dropHeading()
      heading = item.title
      headingUsed = false
    }
  }
  dropHeading()
}

function place(leaf: Leaf, { path, ids, hidden }: Folder, state: Walk): void {
  const { sections } = state.outline
  const title = path.join(separator) || state.courseTitle
  const last = sections.at(-1)
  if (last?.title === title && last.folderIds.at(-1) === ids.at(-1)) {
    last.leaves.push(leaf)
  } else {
    sections.push({ title, folderIds: ids, hidden, leaves: [leaf] })
  }
}

/** Null for a folder or heading. */
function leafOf(item: ManifestItem, folder: Folder, { details }: Walk): Leaf | null {
  // Canvas points an outside tool's manifest item at the module item rather than at a resource.
  const detail = details.get(item.id) ?? details.get(item.resourceId ?? '')
  if (!item.resourceId && !detail?.url) return null
  return {
    id: item.id,
    title: item.title || (detail?.title ?? ''),
    resourceId: item.resourceId,
    url: detail?.url ?? null,
    isTool: detail?.contentType === 'ContextExternalTool',
    hidden: item.hidden ?? detail?.hidden ?? folder.hidden,
    durationMinutes: item.durationMinutes,
  }
}

/** Adds to the manifest's folders what only Canvas's own module list knows, at the place it has there. */
function mergedWithCanvas(items: ManifestItem[], canvas: CanvasModule[]): ManifestItem[] {
  const merged = items.map(item => ({ ...item, children: [...item.children] }))
  for (const [at, module] of canvas.entries()) {
    const folder = merged.find(item => item.id === module.id)
    if (folder) addMissing(folder.children, module)
    else if (module.items.length > 0) {
      const added = {
        id: module.id,
        title: module.title,
        resourceId: null,
        durationMinutes: null,
        hidden: null,
        children: [],
      }
      addMissing(added.children, module)
      merged.splice(at, 0, added)
    }
  }
  return merged
}

function addMissing(children: ManifestItem[], module: CanvasModule): void {
  let after = -1
  for (const item of module.items) {
    const known = children.findIndex(
      child =>
        child.id === item.id ||
        (child.resourceId !== null && (child.resourceId === item.resourceId || child.resourceId === item.id)),
    )
    if (known >= 0) {
      after = known
    } else {
      const resourceId = item.contentType === 'ContextModuleSubHeader' ? null : item.resourceId
      children.splice(++after, 0, {
        id: item.id,
        title: item.title,
        resourceId,
        durationMinutes: null,
        hidden: null,
        children: [],
      })
    }
  }
}
