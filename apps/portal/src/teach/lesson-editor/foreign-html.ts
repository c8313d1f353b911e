import { embedOf } from '@azora/contracts/embeds.ts'

/** What HTML from elsewhere asks for that a lesson does not hold; none of it is dropped without a word. */
export type Refusal = {
  /** Sites whose frames became links. */
  hosts: string[]
  /** Elements that were left out. */
  parts: string[]
}

// Words within a form or a button are kept; these have none, or none that mean anything alone.
const leftOut = 'input, select, textarea, svg, canvas, script, object, applet'

const titleOf = (frame: Element, otherwise: string) => frame.getAttribute('title')?.trim() || otherwise

/** The embed that an address, or the code of a frame, stands for; null when it is not of an accepted site. */
export function embedFrom(text: string): { href: string; title: string } | null {
  const { body } = new DOMParser().parseFromString(text, 'text/html')
  const frame = body.querySelector('iframe, embed')
  const found = embedOf(frame ? (frame.getAttribute('src') ?? '') : text.trim())
  return found && { href: found.page, title: frame ? titleOf(frame, found.provider) : found.provider }
}

/** Puts embeds and links in the place of frames, and leaves out what a lesson cannot hold. */
export function readForeignHtml(html: string): { html: string; refusal: Refusal | null } {
  // A document made by DOMParser neither runs scripts nor fetches.
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const hosts = new Set<string>()
  const parts = new Set<string>()
  const frames = body.querySelectorAll('iframe, embed')
  for (const frame of frames) {
    const address = frame.getAttribute('src') ?? ''
    const url = URL.parse(address.startsWith('//') ? `https:${address}` : address)
    const link = document.createElement('a')
    const known = embedOf(address)
    if (known) {
      link.className = 'embed'
      link.href = known.page
      link.textContent = titleOf(frame, known.provider)
    } else if (url?.protocol === 'https:' || url?.protocol === 'http:') {
      link.href = url.href
      link.textContent = titleOf(frame, url.href)
      hosts.add(url.hostname)
    } else {
      parts.add(frame.localName)
      frame.remove()
      continue
    }
    const holder = frame.parentElement
    const alone = holder?.localName === 'p' && holder.childElementCount === 1 && !holder.textContent?.trim()
    if (known && alone) holder.replaceWith(link)
    else frame.replaceWith(link)
  }
  const others = body.querySelectorAll(leftOut)
  for (const part of others) {
    parts.add(part.localName)
    part.remove()
  }
  // What holds nothing of the kind stays word for word.
  if (!frames.length && !others.length) return { html, refusal: null }
  const refusal = hosts.size || parts.size ? { hosts: [...hosts], parts: [...parts] } : null
  return { html: body.innerHTML, refusal }
}
