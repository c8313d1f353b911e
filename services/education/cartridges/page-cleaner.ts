import { became } from '@azora/contracts/education/import-names.ts'
import { because } from '@azora/contracts/education/import-reasons.ts'
import {
  escapeHtml,
  sanitiseInlineHtmlRewriting,
  sanitiseLessonHtmlRewriting,
} from '@azora/kit/rich-text/sanitise.ts'
import { safeUrl } from '@azora/kit/rich-text/urls.ts'
import { shownText } from './entry-names.ts'
import type { FileShelf } from './file-shelf.ts'
import { attached, described, type Finding, imported, type Ledger, lost } from './ledger.ts'
import { type AsideReference, type DroppedPart, portableHtml } from './portable-html.ts'
import type { CleanHtml } from './qti-item.ts'
import { type Places, type Resolved, resolveReference } from './references.ts'

/** Makes a text of the cartridge fit to store: references resolved, HTML cleaned, and each address accounted for. */

export type Workshop = {
  ledger: Ledger
  shelf: FileShelf
  places: Omit<Places, 'fileId' | 'keepImage'>
  /** Hears of faults of ours, which cost one part and should be looked at. */
  onFault(failure: unknown): void
}

type Met = { resolved: Resolved; use: 'link' | 'media' }

/** `path` is where the text lies in the archive; `title` is its lesson's. */
export function cleaner(path: string, title: string, at: Workshop): CleanHtml {
  const { ledger, shelf } = at
  const where = path || at.places.source.manifest
  const places: Places = {
    ...at.places,
    fileId: file => shelf.idOf(file),
    keepImage: data => keepImage(data, title, shelf),
  }
  return (html, place) => {
    const met = new Map<string, Met>()
    const portable = portableHtml(html, place, {
      aside: (url, what) => asideReference(url, what, { path, where, title, places, ledger }),
      dropped: what => ledger.note(where, dropped[what](title)),
      hiddenPart: part => keepHiddenPart(part, where, title, at),
    })
    const rewrite = (url: string, use: 'link' | 'media'): string | null => {
      const resolved = met.get(url)?.resolved ?? resolveReference(url, path, places)
      met.set(url, { resolved, use })
      return resolved.url
    }
    const clean =
      place === 'inline'
        ? sanitiseInlineHtmlRewriting(portable, rewrite)
        : sanitiseLessonHtmlRewriting(portable, rewrite)
    for (const [url, one] of met) account(url, one, clean)
    return clean
  }

  /** What became of an address is read from the text that is stored, not from what was meant to happen. */
  function account(url: string, { resolved, use }: Met, stored: string): void {
    if (url.trim() === '' || url.startsWith('#')) return
    const shown = shownText(url.replace(/%24/g, '$').replace(/^(data:[^,]{0,60},).*/s, '$1…'), 200)
    const name = became(use === 'media' ? 'media_in' : 'link_in', { url: shown, title })
    const kept = because(use === 'media' ? 'description_kept' : 'text_kept')
    const safe = resolved.url === null ? null : safeUrl(resolved.url, use)
    if (safe && isIn(stored, safe)) {
      if (resolved.url !== null && resolved.path) shelf.use(resolved.path, title)
      // A picture written into the page is no address of anything else.
      if (!/^data:/i.test(url)) ledger.reference(where, url, imported(name))
      return
    }
    const finding =
      resolved.url === null
        ? lost(name, [resolved.reason, kept], 'unresolved_reference')
        : lost(name, [because('address_unkept'), kept], 'unsafe_link')
    ledger.reference(where, url, finding)
  }
}

/** Whether the stored text holds the address; a player's address may have become its page's. */
function isIn(stored: string, url: string): boolean {
  return stored.includes(escapeHtml(url)) || /^https?:\/\/(?:www\.)?(?:youtube|player\.vimeo)/i.test(url)
}

/** What cannot come in, and how the report tells of it. */
const dropped: Record<DroppedPart, (title: string) => Finding> = {
  script: title => lost(became('script_in', { title }), because('no_scripts'), 'script'),
  drawing: title => lost(became('drawing_in', { title }), because('no_scripts'), 'script'),
  form: title => lost(became('form_in', { title }), because('no_forms'), 'form'),
}

type Around = { path: string; where: string; title: string; places: Places; ledger: Ledger }

/** A reference of which a lesson shows nothing: its file is among those that are kept, or it is lost. */
function asideReference(
  url: string,
  what: AsideReference,
  { path, where, title, places, ledger }: Around,
): void {
  if (url.trim() === '' || /^(?:data:|#|javascript:|about:)/i.test(url)) return
  const resolved = resolveReference(url, path, places)
  const name = became(what, { url: shownText(url, 200), title })
  let finding: Finding
  if (resolved.url === null) finding = lost(name, because('missing'), 'unresolved_reference')
  else if (resolved.path) finding = attached(name, because('aside_kept'), 'aside')
  else finding = lost(name, because('aside_outside'), 'aside')
  ledger.reference(where, url, finding)
  if (finding.outcome === 'attached') ledger.note(where, finding)
}

/** What readers of the original did not see stays out of the lesson, and is kept for its author. */
function keepHiddenPart(html: string, where: string, title: string, { ledger, shelf }: Workshop): void {
  const bare = html.replace(/<[^<>]{0,2000}>/g, '').trim()
  if (bare === '' && !/\b(?:src|href|data)\s*=/i.test(html)) return
  shelf.add(`hidden part of ${shownText(title, 80)}.html`, Buffer.from(html), 'text/html', 'attachment')
  const text = shownText(bare, 80)
  const name = text ? became('hidden_part', { title, text }) : became('hidden_part_textless', { title })
  ledger.note(where, attached(name, because('hidden_part_kept'), 'hidden_part'))
}

const pictureData = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)[^,]{0,100}?(;base64)?,/i

/** A picture written into the page itself becomes a file: pages must stay small on a slow line. */
function keepImage(dataUrl: string, title: string, shelf: FileShelf): string | null {
  const start = pictureData.exec(dataUrl.trim())
  if (!start) return null
  const type = start[1]!.toLowerCase().replace('jpg', 'jpeg')
  const bytes = bytesOf(dataUrl.trim().slice(start[0].length), start[2] !== undefined)
  if (!bytes) return null
  const name = `picture in ${shownText(title, 80)}.${type.replace('+xml', '')}`
  return `azora-file:${shelf.add(name, bytes, `image/${type}`, 'lesson')}`
}

function bytesOf(data: string, base64: boolean): Buffer | null {
  if (base64) return /^[A-Za-z0-9+/=\s]+$/.test(data) ? Buffer.from(data, 'base64') : null
  try {
    return Buffer.from(decodeURIComponent(data))
  } catch {
    return null // a stray percent sign: there is no saying what bytes were meant
  }
}

/** A text that was mended to be read, for the report. */
export const mendedFinding = (): Finding => described(became('text_mended'), because('text_mended'), 'mended')
