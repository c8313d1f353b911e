import type { ImportName } from '@azora/contracts/education/import-names.ts'
import { escapeHtml } from '@azora/kit/rich-text/sanitise.ts'
import { Parser } from 'htmlparser2'
import {
  addressOfObject,
  backgrounds,
  embedded,
  hidesItself,
  lastPart,
  pictureSources,
  refreshTarget,
} from './portable-media.ts'

/**
 * A page as other systems write it, turned into markup of which the sanitiser keeps everything: objects and embeds
 * become media or links, image maps become lists of links, lazy pictures become pictures, drawings become files.
 * What cannot become anything is told to `notes`; nothing disappears without a word. References are left as they are.
 *
 * An element written as empty (`<script/>`, `<textarea/>`) is empty, as XHTML means it. A browser reading HTML would
 * take the rest of the page for its content.
 */
export type AsideReference = ImportName['code'] & `aside_${string}`
export type DroppedPart = 'script' | 'drawing' | 'form'

export type PortableNotes = {
  /** A reference that a lesson does not show: a style sheet, a background, another size of a picture. */
  aside(url: string, what: AsideReference): void
  /** Something that is no reference and cannot come in. */
  dropped(what: DroppedPart): void
  /** Source of a part that readers of the original did not see. */
  hiddenPart(html: string): void
}

type Attributes = Record<string, string>
type Open = { name: string; close: string }
type Captured = { kind: 'drawing' | 'hidden'; start: number; depth: number; title: string }

export function portableHtml(html: string, place: 'block' | 'inline', notes: PortableNotes): string {
  const writer = new PortableWriter(html, place, notes)
  return writer.write()
}

const transparent = new Set(['html', 'head', 'body', 'picture', 'noscript', 'noembed', 'noframes', 'template', 'frameset', 'center', 'form']) // biome-ignore format: one list
const unseen = new Set(['script', 'style', 'title'])
const asPre = new Set(['textarea', 'xmp', 'plaintext', 'listing'])

class PortableWriter {
  readonly html: string
  readonly inline: boolean
  readonly notes: PortableNotes
  readonly out: string[] = []
  readonly open: Open[] = []
  readonly shown = new Set<string>()
  captured: Captured | null = null
  /** Text of the script or style that is being read. */
  raw: string[] | null = null
  rawType = ''
  base = ''
  atEnd = false
  /** Sources of the `picture` that is open, until its `img` comes. */
  sources: string[] | null = null
  /** Addresses of the objects that are open; an `embed` inside repeats them. */
  readonly objects: string[] = []

  constructor(html: string, place: 'block' | 'inline', notes: PortableNotes) {
    this.html = html
    this.inline = place === 'inline'
    this.notes = notes
  }

  write(): string {
    const parser: Parser = new Parser(
      {
        onopentag: (name, attributes) => this.openTag(name, attributes, parser),
        onclosetag: (name, implied) => this.closeTag(name, implied, parser),
        ontext: text => this.text(text),
      },
      { recognizeSelfClosing: true },
    )
    parser.write(this.html)
    this.atEnd = true
    parser.end()
    return this.out.join('')
  }

  text(text: string): void {
    if (this.captured) return
    if (this.raw) this.raw.push(text)
    else this.out.push(escapeHtml(text))
  }

  openTag(name: string, attributes: Attributes, parser: Parser): void {
    if (this.captured) {
      this.captured.depth++
      return
    }
    const hidden = hidesItself(attributes) && name !== 'body'
    if (hidden || name === 'svg') {
      const title = attributes['aria-label'] ?? attributes.title ?? ''
      this.captured = { kind: hidden ? 'hidden' : 'drawing', start: parser.startIndex, depth: 1, title }
      return
    }
    for (const url of backgrounds(attributes)) this.notes.aside(this.based(url), 'aside_background')
    if (attributes.cite) this.notes.aside(this.based(attributes.cite), 'aside_quotation')
    this.open.push({ name, close: this.opened(name, attributes) })
  }

  closeTag(name: string, implied: boolean, parser: Parser): void {
    if (this.captured) {
      if (--this.captured.depth === 0) this.release(this.captured, implied, parser)
      return
    }
    if (this.raw && unseen.has(name)) this.endRaw(name)
    if (name === 'picture') this.endPicture()
    if (name === 'object') this.objects.pop()
    const top = this.open.pop()
    if (top) this.out.push(top.close)
  }

  /** Writes what the element becomes; returns what closes it. */
  opened(name: string, attributes: Attributes): string {
    if (unseen.has(name)) {
      this.raw = []
      this.rawType = attributes.type ?? ''
      if (name === 'script' && attributes.src) this.notes.aside(this.based(attributes.src), 'aside_script')
      return ''
    }
    if (asPre.has(name)) {
      this.out.push('<pre>')
      return '</pre>'
    }
    switch (name) {
      case 'base':
        this.base ||= attributes.href ?? ''
        return ''
      case 'meta':
        return this.link(refreshTarget(attributes) ?? '', '')
      case 'link':
        if (attributes.href) this.notes.aside(this.based(attributes.href), 'aside_style')
        return ''
      case 'img':
      case 'image':
        return this.picture(attributes)
      case 'source':
      case 'track':
        return this.mediaPart(name, attributes)
      case 'video':
      case 'audio':
        return this.playable(name, attributes)
      case 'object':
      case 'applet':
        return this.object(attributes)
      case 'param':
        return this.parameter(attributes)
      case 'embed':
      case 'bgsound':
        return this.medium(
          attributes.src ?? '',
          attributes.type ?? (name === 'bgsound' ? 'audio/' : ''),
          attributes,
        )
      case 'iframe':
      case 'frame':
        return this.frame(attributes)
      case 'map':
        this.out.push(this.inline ? '' : '<ul>')
        return this.inline ? '' : '</ul>'
      case 'area':
        return this.area(attributes)
      case 'picture':
        this.sources = []
        return ''
      case 'input':
        if (attributes.type?.toLowerCase() === 'image') return this.picture(attributes)
        if (attributes.type?.toLowerCase() !== 'hidden') this.form()
        return ''
      case 'select':
        this.form()
        return ''
      case 'canvas':
        this.notes.dropped('drawing')
        return ''
    }
    if (name === 'form' && attributes.action) this.notes.aside(this.based(attributes.action), 'aside_form')
    if (transparent.has(name)) return ''
    this.out.push(tag(name, this.withAddresses(attributes)))
    return `</${name}>`
  }

  picture(attributes: Attributes): string {
    const [source = '', ...others] = pictureSources(attributes, this.sources ?? [])
    this.sources = this.sources ? [] : null
    for (const other of others) this.notes.aside(this.based(other), 'aside_other_version')
    const again = this.shown.has(source) && this.open.some(({ name }) => name === 'noscript')
    if (source) this.shown.add(source)
    const { srcset: _srcset, sizes: _sizes, longdesc, usemap: _usemap, ...rest } = attributes
    if (!again) this.out.push(tag('img', { ...rest, ...(source && { src: this.based(source) }) }))
    if (longdesc) this.link(longdesc, 'Description of the picture')
    return ''
  }

  /** A `picture` without its `img` shows nothing in a browser; here it shows its first source. */
  endPicture(): void {
    const [source, ...others] = this.sources ?? []
    this.sources = null
    if (source) this.picture({ src: source })
    for (const other of others) this.notes.aside(this.based(other), 'aside_other_version')
  }

  mediaPart(name: 'source' | 'track', attributes: Attributes): string {
    const source = attributes.src || attributes['data-src'] || ''
    if (this.sources) {
      this.sources.push(...pictureSources({ ...attributes, src: source }, []))
      return ''
    }
    if (!source) return ''
    if (this.inline) return this.link(source, attributes.label ?? '')
    this.out.push(tag(name, { ...attributes, src: this.based(source) }))
    return ''
  }

  playable(name: 'video' | 'audio', attributes: Attributes): string {
    const source = attributes.src || attributes['data-src'] || ''
    if (this.inline && name === 'video') {
      if (attributes.poster) this.notes.aside(this.based(attributes.poster), 'aside_still')
      return source ? this.link(source, attributes.title ?? '') : ''
    }
    this.out.push(tag(name, this.withAddresses({ ...attributes, ...(source && { src: source }) })))
    return `</${name}>`
  }

  object(attributes: Attributes): string {
    const address = addressOfObject(attributes)
    this.objects.push(address)
    for (const name of ['archive', 'classid', 'codebase'] as const) {
      const url = attributes[name]
      if (url && !/^(?:clsid|java):/i.test(url)) this.notes.aside(this.based(url), 'aside_program')
    }
    return this.medium(address, attributes.type ?? '', attributes)
  }

  parameter(attributes: Attributes): string {
    const value = attributes.value ?? attributes.valuetype ?? ''
    if (
      !/^(?:movie|src|url|href|filename|data)$/i.test(attributes.name ?? '') ||
      this.objects.includes(value)
    )
      return ''
    this.objects.push(value)
    return this.medium(value, '', attributes)
  }

  /** What was embedded, as a picture, a player or a link, whatever shows it best. */
  medium(address: string, type: string, attributes: Attributes): string {
    if (!address || (this.objects.includes(address) && attributes.src === address)) return ''
    const kind = embedded(address, type)
    const title = attributes.title ?? attributes['aria-label'] ?? attributes.alt ?? ''
    if (kind === 'image') return this.picture({ src: address, alt: title || lastPart(address) })
    if (kind === 'link' || (this.inline && kind === 'video')) return this.link(address, title)
    this.out.push(`${tag(kind, { src: this.based(address), controls: '' })}</${kind}>`)
    return ''
  }

  frame(attributes: Attributes): string {
    if (attributes.srcdoc) {
      this.out.push(portableHtml(attributes.srcdoc, this.inline ? 'inline' : 'block', this.notes))
    }
    const address = attributes.src || attributes['data-src'] || ''
    if (attributes.longdesc) this.link(attributes.longdesc, 'Description')
    // An outside page stays an embedding, which the sanitiser knows how to show.
    if (/^(?:https?:)?\/\//i.test(address)) {
      this.out.push(`${tag('iframe', { ...attributes, src: address })}</iframe>`)
      return ''
    }
    return /^about:/i.test(address) ? '' : this.medium(address, '', attributes)
  }

  area(attributes: Attributes): string {
    if (!attributes.href) return ''
    this.out.push(this.inline ? ' ' : '<li>')
    this.link(attributes.href, attributes.alt || attributes.title || '')
    return this.inline ? '' : '</li>'
  }

  link(address: string, text: string): string {
    if (address === '') return ''
    this.out.push(
      `${tag('a', { href: this.based(address) })}${escapeHtml(text.trim() || lastPart(address))}</a> `,
    )
    return ''
  }

  form(): void {
    this.notes.dropped('form')
  }

  endRaw(name: string): void {
    const text = (this.raw ?? []).join('')
    this.raw = null
    if (name === 'style') {
      for (const url of backgrounds({ style: text })) this.notes.aside(this.based(url), 'aside_style_picture')
    } else if (name === 'script' && /^math\/(?:tex|asciimath)/i.test(this.rawType)) {
      this.out.push(`<span class="math">\\(${escapeHtml(text.trim())}\\)</span>`)
    } else if (name === 'script' && text.trim() !== '' && !/json|template|html/i.test(this.rawType)) {
      this.notes.dropped('script')
    }
  }

  release({ kind, start, title }: Captured, implied: boolean, parser: Parser): void {
    const afterwards = implied && parser.startIndex > start ? parser.startIndex : parser.endIndex + 1
    const source = this.html.slice(start, this.atEnd ? this.html.length : afterwards)
    this.captured = null
    if (kind === 'hidden') {
      this.notes.hiddenPart(source)
      return
    }
    for (const [, url = ''] of source.matchAll(/<image\b[^<>]{0,500}?href\s*=\s*["']([^"'#][^"']*)/gi)) {
      this.notes.aside(this.based(url), 'aside_drawing')
    }
    const whole = source.includes('xmlns=')
      ? source
      : source.replace(/^<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"')
    const src = `data:image/svg+xml;base64,${Buffer.from(whole).toString('base64')}`
    this.out.push(tag('img', { src, alt: title || /<title[^<>]*>([^<]*)/i.exec(source)?.[1] || '' }))
  }

  withAddresses(attributes: Attributes): Attributes {
    const based: Attributes = { ...attributes }
    for (const name of ['href', 'src', 'poster']) if (based[name]) based[name] = this.based(based[name])
    return based
  }

  /** The address as the page's `base` element makes it. */
  based(address: string): string {
    const url = address.trim()
    if (this.base === '' || url === '' || /^(?:[a-z][a-z0-9+.-]*:|#|\/|\\|\$|%24|@@)/i.test(url)) return url
    if (/^https?:/i.test(this.base)) return URL.parse(url, this.base)?.href ?? url
    return this.base.slice(0, this.base.lastIndexOf('/') + 1) + url
  }
}

function tag(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes)
    .filter(([key]) => /^[a-z][\w:.-]*$/i.test(key))
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
  return `<${name}${written.join('')}>`
}
