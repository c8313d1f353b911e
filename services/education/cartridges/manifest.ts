import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { blackboardArchive } from './archive-kinds.ts'
import { CartridgeError } from './cartridge-error.ts'
import { shownText } from './entry-names.ts'
import { childOf, childrenOf, descendantsOf, textOf, type XmlElement } from './xml.ts'

/** imsmanifest.xml of IMS Common Cartridge 1.0 to 1.3 (IMS Content Packaging 1.1/1.2 with LOM metadata). */
export type Manifest = {
  title: string
  description: string | null
  language: string | null
  keywords: string[]
  items: ManifestItem[]
  resources: Map<string, ManifestResource>
}

export type ManifestItem = {
  id: string
  title: string
  resourceId: string | null
  durationMinutes: number | null
  /** Why learners of the original did not see it; null when they did. */
  hidden: ImportReason | null
  children: ManifestItem[]
}

export type ManifestResource = {
  id: string
  type: string
  /** Main file, as written; may be absent from the archive. */
  href: string | null
  files: string[]
  dependencies: string[]
  /** Set when this resource only repeats another in a simpler form (CC 1.3 variants). */
  variantOf: string | null
  intendedUse: string | null
  title: string | null
  durationMinutes: number | null
  /** Why learners of the original did not see it; null when they did. */
  hidden: ImportReason | null
  /** What a thin cartridge writes into the manifest instead of a file. */
  inline: XmlElement | null
}

/** Throws CartridgeError `unsupported_format` when the manifest is of some other kind of package. */
export function readManifest(root: XmlElement): Manifest {
  const schema = textOf(childOf(root, 'metadata', 'schema'))
  if (root.name !== 'manifest' || /scorm|^adl/i.test(schema)) {
    const reason = because(root.name === 'manifest' ? 'scorm_package' : 'not_a_course')
    throw new CartridgeError('unsupported_format', reason, { entry: 'imsmanifest.xml' })
  }
  const types = childrenOf(childOf(root, 'resources') ?? root, 'resource').map(
    element => element.attributes.type ?? '',
  )
  if (types.some(type => type.includes('x-bb-')) && !/common cartridge/i.test(schema))
    throw blackboardArchive()
  const general = descendantsOf(childOf(root, 'metadata') ?? root, 'general')[0]
  // A cartridge has one; other packages may have several, and a course is all of them here.
  const organisations = childrenOf(childOf(root, 'organizations') ?? root, 'organization')
  const resources = new Map<string, ManifestResource>()
  for (const element of childrenOf(childOf(root, 'resources') ?? root, 'resource')) {
    const resource = readResource(element)
    // An identifier used twice (a real exporter's slip): both resources stay, under ids of their own.
    const id = resources.has(resource.id) ? `${resource.id}#${resources.size}` : resource.id
    resources.set(id, { ...resource, id })
  }
  const organisationTitle = organisations[0] && textOf(childOf(organisations[0], 'title'))
  return {
    title: shownText(stringOf(childOf(general, 'title')) || organisationTitle || '') || 'Untitled course',
    description: stringOf(childOf(general, 'description')) || null,
    language: textOf(childOf(general, 'language')).slice(0, 35) || null,
    keywords: keywordsOf(general),
    items: distinct(organisations.flatMap(topItems), new Set()),
    resources,
  }
}

function keywordsOf(general: XmlElement | undefined): string[] {
  const words = general ? childrenOf(general, 'keyword').map(word => shownText(stringOf(word), 60)) : []
  return [...new Set(words.filter(Boolean))].slice(0, 50)
}

/** LOM writes language strings as `string` (CC) or `langstring` (older IMS); the first language counts. */
function stringOf(element: XmlElement | undefined): string {
  if (!element) return ''
  return textOf(childOf(element, 'string') ?? childOf(element, 'langstring') ?? element)
}

/** A cartridge wraps everything in one untitled root item (CC 1.3, 4.4); that wrapper is taken off. */
function topItems(organisation: XmlElement): ManifestItem[] {
  const items = childrenOf(organisation, 'item').map(item => readItem(item))
  const only = items.length === 1 ? items[0]! : null
  const wraps =
    only && !only.resourceId && (only.title === '' || only.children.some(child => child.children.length))
  return wraps ? only.children : items
}

/** Items without an identifier, or with one that another has, get one of their own. */
function distinct(items: ManifestItem[], taken: Set<string>): ManifestItem[] {
  return items.map(item => {
    let id = item.id || 'item'
    for (let number = 2; item.id === '' || taken.has(id); number++) {
      id = `${item.id || 'item'}~${number}`
      if (!taken.has(id)) break
    }
    taken.add(id)
    return { ...item, id, children: distinct(item.children, taken) }
  })
}

function readItem(element: XmlElement): ManifestItem {
  return {
    id: element.attributes.identifier ?? '',
    title: shownText(textOf(childOf(element, 'title'))),
    resourceId: element.attributes.identifierref?.trim() || null,
    durationMinutes: durationOf(childOf(element, 'metadata')),
    hidden: /^(?:false|0|no)$/i.test(element.attributes.isvisible?.trim() ?? '')
      ? because('hidden')
      : roleFault(childOf(element, 'metadata')),
    children: childrenOf(element, 'item').map(readItem),
  }
}

function readResource(element: XmlElement): ManifestResource {
  const base = element.attributes['xml:base'] ?? ''
  const metadata = childOf(element, 'metadata')
  const href = element.attributes.href?.trim()
  const general = metadata && descendantsOf(metadata, 'general')[0]
  return {
    id: element.attributes.identifier ?? '',
    type: (element.attributes.type ?? '').trim().toLowerCase(),
    href: href ? joined(base, href) : null,
    files: childrenOf(element, 'file').flatMap(file =>
      file.attributes.href?.trim() ? [joined(base, file.attributes.href.trim())] : [],
    ),
    dependencies: childrenOf(element, 'dependency').flatMap(to => to.attributes.identifierref ?? []),
    variantOf: childOf(element, 'variant')?.attributes.identifierref ?? null,
    intendedUse: element.attributes.intendeduse?.trim().toLowerCase() ?? null,
    title: shownText(stringOf(childOf(general, 'title'))) || null,
    durationMinutes: durationOf(metadata),
    hidden:
      element.attributes.intendeduse?.trim().toLowerCase() === 'lessonplan'
        ? because('lesson_plan')
        : roleFault(metadata),
    inline: childrenOf(element).find(child => !ofManifest.has(child.name)) ?? null,
  }
}

const ofManifest = new Set(['metadata', 'file', 'dependency', 'variant'])

/** `xml:base` is a folder, with or without its slash. */
function joined(base: string, href: string): string {
  return base === '' || base.endsWith('/') ? base + href : `${base}/${href}`
}

/** LOM 5.5 intendedEndUserRole: what names roles but no learner is for teachers. */
function roleFault(metadata: XmlElement | undefined): ImportReason | null {
  const roles = metadata
    ? descendantsOf(metadata, 'intendedEndUserRole').map(role => textOf(childOf(role, 'value') ?? role))
    : []
  const forLearners = roles.length === 0 || roles.some(role => /learner|student/i.test(role))
  return forLearners ? null : because('for_teachers')
}

/** LOM 5.9 typicalLearningTime, an ISO 8601 duration such as PT1H30M. */
function durationOf(metadata: XmlElement | undefined): number | null {
  const time = metadata && descendantsOf(metadata, 'typicalLearningTime')[0]
  const duration = textOf(childOf(time, 'duration') ?? time)
  const parts = /^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d+S)?$/.exec(duration)
  if (!parts) return null
  return Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0) || null
}
