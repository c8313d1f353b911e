import { Extension, Mark, mergeAttributes, Node } from '@tiptap/core'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { inertElement } from './inert-html.ts'
import { KeptView } from './kept-view.tsx'

/**
 * Markup that imported lessons carry and that the editor cannot take apart: it is kept word for word in one piece,
 * shown as it looks, and can be edited as HTML. So a teacher edits the text around a table or a formula without
 * losing it.
 */
const blocks = ['figure', 'table', 'video', 'audio', 'dl', 'details', 'math[display="block"]']
const inlines = ['math', 'ruby', 'wbr']
// Groups of blocks whose content stays editable.
const groups = ['div', 'section', 'article', 'aside', 'header', 'footer']
// Words set apart whose content stays editable.
const phrases = [
  'abbr', 'bdi', 'bdo', 'cite', 'del', 'dfn', 'ins', 'kbd', 'mark', 'q', 'samp', 'small', 'span', 'sub', 'sup',
  'time', 'var',
] // biome-ignore format: a word list reads better in rows
const kept = ['id', 'class', 'lang', 'dir', 'aria-label', 'title', 'datetime']

function keptNode(name: string, inline: boolean, selectors: string[]) {
  return Node.create({
    name,
    group: inline ? 'inline' : 'block',
    inline,
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => ({ html: { default: '', rendered: false } }),
    parseHTML: () =>
      selectors.map(tag => ({
        tag,
        priority: 100,
        getAttrs: (element: HTMLElement) => {
          const html = inertElement(element.outerHTML)?.outerHTML
          return html ? { html } : false
        },
      })),
    renderHTML: ({ node }) =>
      (inertElement(String(node.attrs.html)) ?? document.createElement('span')) as HTMLElement,
    addNodeView: () => ReactNodeViewRenderer(KeptView, { as: inline ? 'span' : 'div' }),
  })
}

const attributesOf = (names: string[]) => () =>
  Object.fromEntries(
    names.map(name => [name, { default: null, parseHTML: (e: HTMLElement) => e.getAttribute(name) }]),
  )

const phraseMarks = phrases.map(tag =>
  Mark.create({
    name: `phrase_${tag}`,
    excludes: '',
    addAttributes: attributesOf(kept),
    parseHTML: () => [{ tag, priority: 80 }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
  }),
)

const groupNode = Node.create({
  name: 'group',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    tag: { default: 'div', rendered: false, parseHTML: (e: HTMLElement) => e.localName },
    ...attributesOf(kept)(),
  }),
  parseHTML: () => groups.map(tag => ({ tag, priority: 40 })),
  renderHTML: ({ node, HTMLAttributes }) => [String(node.attrs.tag), mergeAttributes(HTMLAttributes), 0],
})

/** Attributes that the stock nodes would drop: anchors, languages, directions and the classes of the typography. */
const keptAttributes = Extension.create({
  name: 'keptAttributes',
  addGlobalAttributes: () => [
    {
      types: [
        'paragraph',
        'heading',
        'bulletList',
        'orderedList',
        'listItem',
        'blockquote',
        'codeBlock',
        'image',
      ],
      attributes: attributesOf(['id', 'class', 'lang', 'dir', 'aria-label'])(),
    },
    { types: ['image'], attributes: attributesOf(['loading', 'width', 'height'])() },
    { types: ['orderedList'], attributes: attributesOf(['type', 'reversed'])() },
    { types: ['listItem'], attributes: attributesOf(['value'])() },
    { types: ['link'], attributes: attributesOf(['id', 'class', 'title', 'lang', 'aria-label'])() },
  ],
})

export const keptMarkup = [
  keptNode('keptBlock', false, blocks),
  keptNode('keptInline', true, inlines),
  ...phraseMarks,
  groupNode,
  keptAttributes,
]
