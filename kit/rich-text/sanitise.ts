import { embedOf } from '@azora/contracts/embeds.ts'
import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html'
import { ALLOWED_ATTRIBUTES, ALLOWED_CLASSES, INLINE_TAGS, LESSON_TAGS } from './allow-list.ts'
import { createSettledCheck } from './settled.ts'
import { safeUrl, scopedId } from './urls.ts'

/**
 * HTML that people wrote elsewhere, or type here, made safe to store and show.
 *
 * Sanitising runs until its output no longer changes: what is stored is by construction a text that the
 * sanitiser, reading it again, leaves alone. That makes the functions idempotent, and closes the gap in which
 * markup changes meaning between two readings. Most texts are told by a look to be in that state after one
 * cleaning (settled.ts), and those that were stored before, after none.
 */

/** Turns an author's URL into one to store; null when there is nothing to point at (the text is kept). */
type RewriteUrl = (url: string, use: 'link' | 'media') => string | null

// A parser stack this deep is an attack (the parser's time grows with depth), never a lesson.
const maxDepth = 1_000
// Elements nested deeper than this are unwrapped: browsers stop building at 512 themselves.
const nestingLimit = 100
const maxRounds = 8

const keep: RewriteUrl = url => url
// A picture that cannot be stored is replaced by its description, which is no part of the plain text.
const anyPicture: RewriteUrl = (_url, use) => (use === 'media' ? '/' : null)

/** Lesson text: structure, tables, figures, mathematics, code and media. */
export function sanitiseLessonHtml(html: string): string {
  return settle(html, lesson)
}

/** Question options and other single-line places: phrasing content; paragraphs become line breaks. */
export function sanitiseInlineHtml(html: string): string {
  return settle(html, inline)
}

/** As `sanitiseLessonHtml`, with every URL first passed through `rewrite`. */
export function sanitiseLessonHtmlRewriting(html: string, rewrite: RewriteUrl): string {
  return sanitiseLessonHtml(guarded(html, text => pass(text, LESSON_TAGS, rewrite)))
}

/** As `sanitiseInlineHtml`, with every URL first passed through `rewrite`. */
export function sanitiseInlineHtmlRewriting(html: string, rewrite: RewriteUrl): string {
  return sanitiseInlineHtml(guarded(html, text => pass(text, INLINE_TAGS, rewrite)))
}

/**
 * Text without markup, which cleaning leaves alone. Most options of questions are that, and a parser for each costs
 * more than all the rest of them.
 */
export const isPlain = (html: string): boolean => !/[<>&]/.test(html)

/** The text a reader would see, entities decoded, one line per block. Not HTML: escape it before use as such. */
export function plainText(html: string): string {
  const marked = isPlain(html) ? html : guarded(html, text => pass(text, LESSON_TAGS, anyPicture))
  return marked
    .replace(/<(?:br|hr) \/>|<\/?(?:p|div|li|ul|ol|h[2-6]|tr|table|section|article|aside|blockquote|pre|dt|dd|figure|figcaption|caption|summary|details|header|footer)(?: [^>]*)?>/g, '\n') // biome-ignore format: one list
    .replace(/<\/t[dh]>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
}

/** Plain text as HTML text. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

class TooDeep extends Error {}

type Cleaner = { clean(html: string): string; isSettled(html: string): boolean }

function cleanerOf(clean: (html: string) => string): Cleaner {
  return { clean, isSettled: createSettledCheck(clean) }
}

const lesson = cleanerOf(text => pass(text, LESSON_TAGS, keep).trim())
const inline = cleanerOf(text => foldParagraphs(pass(text, INLINE_TAGS, keep)))

/** One cleaning of each kind, for tests of what needs no more than one. */
export const cleanOnce = { lesson: lesson.clean, inline: inline.clean }

function settle(html: string, { clean, isSettled }: Cleaner): string {
  if (isPlain(html)) return html.trim()
  if (isSettled(html)) return html
  let current = guarded(html, clean)
  for (let round = 0; round < maxRounds; round++) {
    if (isSettled(current)) return current
    const next = guarded(current, clean)
    if (next === current) return current
    current = next
  }
  // Text alone always settles: markup that keeps changing is not worth keeping.
  return clean(textOnly(current))
}

function guarded(html: string, clean: (html: string) => string): string {
  try {
    return clean(html)
  } catch (error) {
    if (error instanceof TooDeep) return clean(textOnly(html))
    throw error
  }
}

function textOnly(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}

function pass(html: string, allowedTags: string[], rewrite: RewriteUrl): string {
  let depth = 0
  return sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: ALLOWED_ATTRIBUTES,
    allowedClasses: ALLOWED_CLASSES,
    allowedSchemes: ['http', 'https', 'azora-file', 'azora-item'],
    allowedSchemesByTag: { a: ['http', 'https', 'mailto', 'azora-file', 'azora-item'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'poster'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    selfClosing: ['img', 'br', 'hr', 'source', 'track', 'col', 'wbr'],
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'title',
      'xmp',
      'iframe',
      'noembed',
      'noframes',
      'plaintext',
    ],
    nestingLimit,
    onOpenTag: () => {
      depth++
      if (depth > maxDepth) throw new TooDeep()
    },
    onCloseTag: () => {
      depth--
    },
    transformTags: transforms(allowedTags, rewrite),
  })
}

function transforms(allowedTags: string[], rewrite: RewriteUrl): IOptions['transformTags'] {
  const url = (raw: string | undefined, use: 'link' | 'media'): string | undefined => {
    if (raw === undefined) return undefined
    const rewritten = rewrite(raw, use)
    return rewritten === null ? undefined : (safeUrl(rewritten, use) ?? undefined)
  }
  const embedded = (tagName: string, address: string | undefined, title: string | undefined): Tag => {
    const href = url(address, 'link')
    if (!href) return { tagName, attribs: {} }
    const known = embedOf(href)
    if (known)
      return {
        tagName: 'a',
        attribs: { class: 'embed', href: known.page },
        text: title?.trim() || known.provider,
      }
    const host = URL.parse(href)?.hostname
    const text = title?.trim() || (host ? `Open the embedded page on ${host}` : 'Open the embedded page')
    return { tagName: 'a', attribs: { href }, text }
  }
  return {
    iframe: (tagName, attribs) => embedded(tagName, attribs.src, attribs.title),
    embed: (tagName, attribs) => embedded(tagName, attribs.src, attribs.title),
    img: (tagName, attribs): Tag => {
      // Canvas stores a formula as a picture drawn by its server; its TeX source is all that can travel.
      const tex = attribs['data-equation-content'] ?? equationOf(attribs)
      if (tex) return { tagName: 'span', attribs: { class: 'math' }, text: `\\(${tex}\\)` }
      const src = url(attribs.src, 'media')
      const alt = attribs.alt ?? attribs.title ?? ''
      if (!src && alt === '') return { tagName: 'span', attribs: {} }
      return src
        ? { tagName, attribs: { ...attribs, src, alt } }
        : { tagName: 'span', attribs: {}, text: alt }
    },
    a: (_tagName, attribs) => {
      const href = url(attribs.href, 'link')
      const id = attribs.id ?? attribs.name
      return { tagName: href ? 'a' : 'span', attribs: without({ ...attribs, href, id }) }
    },
    h1: (_tagName, attribs) => ({ tagName: allowedTags.includes('h2') ? 'h2' : 'strong', attribs }),
    video: (tagName, attribs) => playable(tagName, attribs, url),
    audio: (tagName, attribs) => playable(tagName, attribs, url),
    source: (tagName, attribs) => mediaPart(tagName, attribs, url(attribs.src, 'media')),
    track: (tagName, attribs) => mediaPart(tagName, attribs, url(attribs.src, 'media')),
    '*': (tagName, attribs) => ({ tagName, attribs: common(attribs) }),
    ...(allowedTags.includes('div') ? {} : inlineBlocks),
  }
}

const asParagraph = (): Tag => ({ tagName: 'p', attribs: {} })
const inlineBlocks = { p: asParagraph, div: asParagraph, li: asParagraph, tr: asParagraph }

function playable(
  tagName: string,
  attribs: Attributes,
  url: (raw: string | undefined, use: 'link' | 'media') => string | undefined,
): Tag {
  const src = url(attribs.src, 'media')
  const poster = url(attribs.poster, 'media')
  // Without controls a learner could neither start nor stop it; metadata only, because data costs money.
  return { tagName, attribs: without({ ...attribs, src, poster, controls: 'controls', preload: 'metadata' }) }
}

function mediaPart(tagName: string, attribs: Attributes, src: string | undefined): Tag {
  return src ? { tagName, attribs: { ...attribs, src } } : { tagName: 'span', attribs: {} }
}

function equationOf(attribs: Attributes): string | undefined {
  if (!attribs.class?.split(/\s+/).includes('equation_image')) return undefined
  return (attribs.alt ?? attribs.title)?.replace(/^LaTeX:\s*/, '')
}

function common(attribs: Attributes): Attributes {
  const kept: Attributes = { ...attribs }
  const id = kept.id === undefined ? null : scopedId(kept.id)
  if (id) kept.id = id
  else delete kept.id
  for (const size of ['width', 'height']) {
    if (kept[size] !== undefined && !/^[\d.]{1,8}(?:%|px|r?em|ex)?$/.test(kept[size])) delete kept[size]
  }
  if (kept.class) kept.class = kept.class.replace(/\bscreenreader-only\b/g, 'sr-only')
  return kept
}

function without(attribs: Record<string, string | undefined>): Attributes {
  const kept: Attributes = {}
  for (const [name, value] of Object.entries(attribs)) if (value !== undefined) kept[name] = value
  return kept
}

function foldParagraphs(html: string): string {
  let text = html
    .replace(/<\/p>\s*<p[^>]*>/g, '<br />')
    .replace(/<\/?p(?: [^>]*)?>/g, ' ')
    .trim()
  // A loop, not an expression: a pattern anchored at the end is quadratic on long runs of space.
  while (text.startsWith('<br />')) text = text.slice(6).trimStart()
  while (text.endsWith('<br />')) text = text.slice(0, -6).trimEnd()
  return text
}
