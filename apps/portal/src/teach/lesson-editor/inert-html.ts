/**
 * Makes markup harmless before the editor shows it. What the API stores is clean already; what is pasted or typed
 * into the editor is not yet, and must not run in the author's session before the API has cleaned it.
 */
const tags = new Set(
  (
    'a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption ' +
    'figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small source span strong ' +
    'sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr ' +
    'annotation math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot ' +
    'mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics'
  ).split(' '),
)
const attributes = new Set(
  (
    'lang dir id class aria-label href title src alt width height loading poster controls preload playsinline type ' +
    'kind srclang label default start reversed value colspan rowspan scope span datetime open display alttext ' +
    'encoding mathvariant form fence separator stretchy symmetric largeop movablelimits lspace rspace depth voffset ' +
    'linethickness displaystyle notation close separators columnspan columnalign rowalign accent accentunder'
  ).split(' '),
)
const addresses = ['href', 'src', 'poster']

/** The first element of the markup with nothing in it that could run; null when nothing harmless is left. */
export function inertElement(html: string): Element | null {
  // A document made by DOMParser neither runs scripts nor fetches.
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const element of body.querySelectorAll('*')) {
    if (!tags.has(element.localName)) {
      element.remove()
      continue
    }
    for (const { name, value } of [...element.attributes]) {
      if (!attributes.has(name) || (addresses.includes(name) && !isHarmless(value)))
        element.removeAttribute(name)
    }
  }
  return body.firstElementChild
}

function isHarmless(address: string): boolean {
  return ['http:', 'https:', 'mailto:'].includes(URL.parse(address, location.href)?.protocol ?? '')
}
