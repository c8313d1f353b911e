import { Extension, Mark, mergeAttributes, Node } from '@tiptap/core'
import { type NodeViewProps, ReactNodeViewRenderer } from '@tiptap/react'
import type { FunctionComponent } from 'react'
import { texOf } from './formula.ts'
import { FormulaView } from './formula-view.tsx'
import { inertElement } from './inert-html.ts'
import { keptAttributesOf } from './kept-attributes.ts'
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

type KeptOptions = {
  inline: boolean
  selectors: string[]
  view: FunctionComponent<NodeViewProps>
  priority?: number
  accepts?: (element: Element) => boolean
}

function keptNode(name: string, { inline, selectors, view, priority = 100, accepts }: KeptOptions) {
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
        priority,
        getAttrs: (element: HTMLElement) => {
          if (accepts && !accepts(element)) return false
          const html = inertElement(element.outerHTML)?.outerHTML
          return html ? { html } : false
        },
      })),
    renderHTML: ({ node }) =>
      (inertElement(String(node.attrs.html)) ?? document.createElement('span')) as HTMLElement,
    addNodeView: () => ReactNodeViewRenderer(view, { as: inline ? 'span' : 'div' }),
  })
}

const phraseMarks = phrases.map(tag =>
  Mark.create({
    name: `phrase_${tag}`,
    excludes: '',
    addAttributes: keptAttributesOf(kept),
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
    ...keptAttributesOf(kept)(),
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
      attributes: keptAttributesOf(['id', 'class', 'lang', 'dir', 'aria-label'])(),
    },
    { types: ['image'], attributes: keptAttributesOf(['loading', 'width', 'height'])() },
    { types: ['orderedList'], attributes: keptAttributesOf(['type', 'reversed'])() },
    { types: ['listItem'], attributes: keptAttributesOf(['value'])() },
    {
      types: ['listItem'],
      attributes: {
        // Whether its words stood in it without a paragraph around them.
        tight: {
          default: false,
          parseHTML: (element: HTMLElement) =>
            element.hasAttribute('data-tight') || element.querySelector(':scope > p') === null,
          renderHTML: ({ tight }: { tight?: boolean }) => (tight ? { 'data-tight': '' } : {}),
        },
      },
    },
    { types: ['link'], attributes: keptAttributesOf(['id', 'class', 'title', 'lang', 'aria-label'])() },
  ],
})

export const keptMarkup = [
  keptNode('keptBlock', { inline: false, selectors: blocks, view: KeptView }),
  keptNode('keptInline', { inline: true, selectors: inlines, view: KeptView }),
  // A formula that carries its LaTeX is edited as LaTeX; until it is, its MathML stays word for word.
  keptNode('formulaBlock', {
    inline: false,
    selectors: ['math[display="block"]'],
    view: FormulaView,
    priority: 120,
    accepts: element => texOf(element) !== null,
  }),
  keptNode('formulaInline', {
    inline: true,
    selectors: ['math'],
    view: FormulaView,
    priority: 110,
    accepts: element => texOf(element) !== null,
  }),
  ...phraseMarks,
  groupNode,
  keptAttributes,
]
