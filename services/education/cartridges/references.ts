import { because, type ImportReason } from '@azora/contracts/education/import-reasons.ts'
import { folderOf } from './entry-names.ts'
import { percentDecoded, type Source } from './source.ts'

/** Turns the references that exporters write into HTML into `azora-item:` and `azora-file:` URLs. */

export type Places = {
  source: Source
  /** Item ref by resource id, by any identifier an exporter gives it, and by the path of a page's source. */
  itemOf(id: string): string | undefined
  itemAt(path: string): string | undefined
  /** Item ref of a page by its title, as wiki links name it. */
  itemTitled(title: string): string | undefined
  /** Main file of a resource, for references by id. */
  fileOf(resourceId: string): string | undefined
  /** Why an id or path that is in the archive has no lesson of its own; undefined when it may be linked. */
  withoutLesson(idOrPath: string): ImportReason | undefined
  fileId(path: string): string
  keepImage(dataUrl: string): string | null
}

/** `path` is the file of the archive that is meant, if it is a file. */
export type Resolved = { url: string; path: string | null } | { url: null; reason: ImportReason }

// With dollar signs a path may follow at once (CC 1.3, 4.6); without them only a slash ends the name.
const tokens =
  /^(?:\$(?=[\w-]+\$)|(?=[\w-]+(?:\/|$)))(WIKI_REFERENCE|CANVAS_OBJECT_REFERENCE|CANVAS_COURSE_REFERENCE|(?:IMS|1EDTECH)[-_]CC[-_]FILEBASE)(?:\$\/*|\/+|$)|^(@@PLUGINFILE@@|\$@FILEPHP@\$)\/*/i

const nowhere: Resolved = { url: null, reason: because('leads_nowhere') }

/**
 * The URL to store, or why there is none. `from` is the archive path of the text it stands in. Addresses outside the
 * cartridge are returned unchanged.
 */
export function resolveReference(url: string, from: string, places: Places): Resolved {
  // Browsers drop tabs and line breaks anywhere in an address.
  const reference = url
    .trim()
    .replace(/[\t\n\r]/g, '')
    .replace(/%24/g, '$')
    .replace(/%40/g, '@')
  if (reference === '') return nowhere
  if (/^data:image\//i.test(reference)) {
    const kept = places.keepImage(reference)
    return kept ? { url: kept, path: null } : { url: null, reason: because('picture_unreadable') }
  }
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(reference)) return { url, path: null }
  const slashed = reference.replaceAll('\\', '/')
  const token = tokens.exec(slashed)
  const rest = token ? slashed.slice(token[0].length) : slashed
  const objects = /^(?:WIKI|CANVAS)/i.test(token?.[1] ?? '')
  const found = objects
    ? byObject(bare(rest), places)
    : (byPath(rest, token !== null, from, places) ?? byPath(bare(rest), token !== null, from, places))
  if (!found && /^www\.[\w-]+\.[a-z]/i.test(reference)) return { url: `https://${reference}`, path: null }
  const tool = objects && !found ? outsideTool(rest) : null
  if (tool) return { url: tool, path: null }
  const fragment = /#([\w.-]{1,100})$/.exec(reference)?.[1]
  if (!found) return nowhere
  return found.url?.startsWith('azora-item:') && fragment
    ? { ...found, url: `${found.url}#lesson-${fragment}` }
    : found
}

/** Without query and fragment. */
const bare = (path: string) => path.replace(/[?#].*$/s, '')

/** `external_tools/retrieve?url=…`: an outside tool at its own address. */
function outsideTool(path: string): string | null {
  const query = /^external_tools\/retrieve\?(.*)$/s.exec(path)?.[1]
  const url = query === undefined ? null : new URLSearchParams(query.replaceAll('&amp;', '&')).get('url')
  return url && /^https?:\/\//i.test(url) ? url : null
}

const toItem = (ref: string): Resolved => ({ url: `azora-item:${ref}`, path: null })

function toFile(path: string, places: Places): Resolved {
  const reason = places.withoutLesson(path)
  return reason ? { url: null, reason } : { url: `azora-file:${places.fileId(path)}`, path }
}

function byPath(path: string, fromFileBase: boolean, from: string, places: Places): Resolved | null {
  const { source } = places
  const folder = folderOf(from)
  // Canvas's file base is web_resources/; Moodle and others count from the text's own folder or the top.
  const bases = fromFileBase ? ['web_resources/', folder, ''] : [folder, '', 'web_resources/']
  // A name may be encoded twice, or as a form field is, with plus signs for spaces.
  const spellings = [path, percentDecoded(path) ?? latin(path), path.replaceAll('+', ' ')]
  for (const spelling of new Set(spellings)) {
    for (const base of bases) {
      const found = source.find(base + spelling)
      if (!found) continue
      const ref = places.itemAt(found)
      return ref ? toItem(ref) : toFile(found, places)
    }
  }
  return null
}

/** Percent-encoding of the code page of old, where it is none of UTF-8. */
function latin(path: string): string {
  const bytes = path.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return /^[\0-\xff]*$/.test(bytes)
    ? new TextDecoder('windows-1252').decode(Buffer.from(bytes, 'latin1'))
    : path
}

/** `pages/<slug or id>`, `quizzes/<id>`, `assignments/syllabus`, `modules/items/<id>`, `file_ref/<id>`, … */
function byObject(path: string, places: Places): Resolved | null {
  const parts = path
    .split('/')
    .filter(Boolean)
    .map(part => percentDecoded(part) ?? part)
  const last = parts.at(-1) ?? ''
  if (parts[0] === 'pages' || parts[0] === 'wiki' || parts.length === 1) {
    const page = places.source.find(`wiki_content/${encodeURIComponent(last)}.html`)
    const ref = (page && places.itemAt(page)) ?? places.itemTitled(last)
    if (ref) return toItem(ref)
  }
  for (const candidate of parts.toReversed()) {
    const ref = places.itemOf(candidate)
    if (ref) return toItem(ref)
    const reason = places.withoutLesson(candidate)
    if (reason) return { url: null, reason }
    const file = places.fileOf(candidate)
    if (file) return toFile(file, places)
  }
  // `files/<folder>/<name>` names a file by its path in the course's files.
  if (parts[0] === 'files') return byPath(parts.slice(1).join('/'), true, '', places)
  if (parts[0] === 'file_contents' && /^course files$/i.test(parts[1] ?? ''))
    return byPath(parts.slice(2).join('/'), true, '', places)
  if (path === '' || parts.length === 1) return { url: null, reason: because('leads_to_list') }
  return null
}
