import { plainText } from './sanitise.ts'

/** A whole HTML document taken apart, as a course page is stored in a cartridge. */
type HtmlPage = {
  title: string
  /** The raw body, not yet sanitised. */
  body: string
  /** `<meta name content>` by lower-case name. */
  meta: Map<string, string>
}

/** Works on fragments too: without a body element the whole text is the body. Never throws. */
export function readHtmlPage(html: string): HtmlPage {
  const bodyStart = /<body(?:\s[^<>]*)?>/i.exec(html)
  const head = bodyStart ? html.slice(0, bodyStart.index) : html.slice(0, 20_000)
  const from = bodyStart ? bodyStart.index + bodyStart[0].length : 0
  const end = bodyStart ? html.toLowerCase().lastIndexOf('</body') : -1
  const meta = new Map<string, string>()
  for (const [tag] of head.matchAll(/<meta\s[^<>]*>/gi)) {
    const name = attribute(tag, 'name')
    if (name) meta.set(name.toLowerCase(), attribute(tag, 'content') ?? '')
  }
  const title = /<title(?:\s[^<>]*)?>([^<]{0,2000})/i.exec(head)?.[1] ?? ''
  return { title: plainText(title), body: end > from ? html.slice(from, end) : html.slice(from), meta }
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  return found ? plainText(found[1] ?? found[2] ?? found[3] ?? '') : null
}
