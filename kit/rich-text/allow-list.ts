import type { IOptions } from 'sanitize-html'

/**
 * What lesson HTML may contain. Nothing here can run script or swallow the text that follows it: no raw-text
 * element (style, title, noscript, …), no `annotation-xml`, `mglyph` or `svg`, which are the elements through
 * which a browser can re-read harmless-looking text as markup (mutation XSS).
 */

const phrasing = [
  'a', 'abbr', 'b', 'bdi', 'bdo', 'br', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'img', 'ins', 'kbd', 'mark',
  'q', 'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr',
] // biome-ignore format: a word list reads better in rows

// MathML Core presentation elements, and `annotation` (TeX source as plain text).
const mathematics = [
  'annotation', 'math', 'menclose', 'merror', 'mfenced', 'mfrac', 'mi', 'mmultiscripts', 'mn', 'mo', 'mover',
  'mpadded', 'mphantom', 'mprescripts', 'mroot', 'mrow', 'ms', 'mspace', 'msqrt', 'mstyle', 'msub', 'msubsup',
  'msup', 'mtable', 'mtd', 'mtext', 'mtr', 'munder', 'munderover', 'none', 'semantics',
] // biome-ignore format: a word list reads better in rows

const structure = [
  'article', 'aside', 'blockquote', 'caption', 'col', 'colgroup', 'dd', 'details', 'div', 'dl', 'dt',
  'figcaption', 'figure', 'footer', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'ol', 'p', 'pre',
  'section', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul',
] // biome-ignore format: a word list reads better in rows

const media = ['audio', 'source', 'track', 'video']

export const LESSON_TAGS = [...phrasing, ...mathematics, ...structure, ...media]

/** Question options sit inside labels: phrasing content, `pre` for code, and `p` until it is folded away. */
export const INLINE_TAGS = [...phrasing, ...mathematics, 'audio', 'source', 'pre', 'p']

export const ALLOWED_ATTRIBUTES: IOptions['allowedAttributes'] = {
  '*': ['lang', 'dir', 'id', 'class', 'aria-label'],
  a: ['href', 'title'],
  abbr: ['title'],
  img: ['src', 'alt', 'width', 'height', 'title', 'loading'],
  video: ['src', 'poster', 'width', 'height', 'controls', 'preload', 'playsinline'],
  audio: ['src', 'controls', 'preload'],
  source: ['src', 'type'],
  track: ['src', 'kind', 'srclang', 'label', 'default'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  col: ['span'],
  colgroup: ['span'],
  time: ['datetime'],
  del: ['datetime'],
  ins: ['datetime'],
  details: ['open'],
  math: ['display', 'alttext'],
  annotation: ['encoding'],
  mi: ['mathvariant'],
  mo: ['form', 'fence', 'separator', 'stretchy', 'symmetric', 'largeop', 'movablelimits', 'lspace', 'rspace'],
  mspace: ['width', 'height', 'depth'],
  mpadded: ['width', 'height', 'depth', 'lspace', 'voffset'],
  mfrac: ['linethickness'],
  mstyle: ['displaystyle', 'scriptlevel'],
  menclose: ['notation'],
  mfenced: ['open', 'close', 'separators'],
  mtd: ['columnspan', 'rowspan'],
  mtable: ['columnalign', 'rowalign'],
  mover: ['accent'],
  munder: ['accentunder'],
  munderover: ['accent', 'accentunder'],
}

/** Classes that the portal's lesson typography knows; every other class is dropped. */
export const ALLOWED_CLASSES: NonNullable<IOptions['allowedClasses']> = {
  '*': [
    'note',
    'tip',
    'warning',
    'important',
    'example',
    'definition',
    'exercise',
    'callout',
    'callout-title',
    'embed',
    'math',
    'sr-only',
    'wide',
  ],
  code: ['language-*'],
  pre: ['language-*'],
}
