import { folderOf } from './entry-names.ts'
import { percentDecoded, type Source } from './source.ts'

/** Turns the references that exporters write into HTML into `azora-item:` and `azora-file:` URLs. */

export type Places = {
  source: Source
  /** Item ref by resource id, by the exporter's item or module id, and by the path of a page's source. */
  itemOf(id: string): string | undefined
  itemAt(path: string): string | undefined
  /** Main file of a resource, for references by id. */
  fileOf(resourceId: string): string | undefined
  /** Marks the file as used by a lesson and gives its id. */
  useFile(path: string): string
  keepImage(dataUrl: string): string | null
}

const tokens =
  /^\$(WIKI_REFERENCE|CANVAS_OBJECT_REFERENCE|CANVAS_COURSE_REFERENCE|IMS[-_]CC[-_]FILEBASE)\$\/?/

/**
 * The URL to store; null when the reference leads nowhere. `from` is the archive path of the text it stands in.
 * Addresses outside the cartridge are returned unchanged.
 */
export function resolveReference(url: string, from: string, places: Places): string | null {
  const reference = url.trim().replace(/%24/g, '$')
  if (reference === '') return null
  if (/^data:image\//i.test(reference)) return places.keepImage(reference)
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(reference)) return url
  const fragment = /#([\w.-]{1,100})$/.exec(reference)?.[1]
  const path = reference.replace(/[?#].*$/s, '')
  const token = tokens.exec(path)
  const rest = token ? path.slice(token[0].length) : path
  const found =
    token && !token[1]!.startsWith('IMS')
      ? byObject(rest, places)
      : byPath(rest, token !== null, from, places)
  return found?.startsWith('azora-item:') && fragment ? `${found}#lesson-${fragment}` : found
}

function byPath(path: string, fromFileBase: boolean, from: string, places: Places): string | null {
  const { source } = places
  const folder = folderOf(from)
  // Canvas's file base is web_resources/; Moodle and others count from the text's own folder or the top.
  const bases = fromFileBase ? ['web_resources/', folder, ''] : [folder, '', 'web_resources/']
  for (const base of bases) {
    const found = source.find(base + path)
    if (!found) continue
    const ref = places.itemAt(found)
    return ref ? `azora-item:${ref}` : `azora-file:${places.useFile(found)}`
  }
  return null
}

/** `pages/<slug or id>`, `quizzes/<id>`, `modules/<id>`, `modules/items/<id>`, `file_ref/<id>`, … */
function byObject(path: string, places: Places): string | null {
  const parts = path.split('/').filter(Boolean)
  const id = percentDecoded(parts.at(-1) ?? '') ?? ''
  if (parts[0] === 'pages' || parts[0] === 'wiki') {
    const page = places.source.find(`wiki_content/${id}.html`)
    const ref = page && places.itemAt(page)
    if (ref) return `azora-item:${ref}`
  }
  const candidates = parts
    .slice(1)
    .map(part => percentDecoded(part) ?? part)
    .toReversed()
  for (const candidate of candidates) {
    const ref = places.itemOf(candidate)
    if (ref) return `azora-item:${ref}`
    const file = places.fileOf(candidate)
    if (file) return `azora-file:${places.useFile(file)}`
  }
  return null
}
