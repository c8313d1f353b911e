import { Extension, type KeyboardShortcutCommand, Node } from '@tiptap/core'
import { addRowAfter, goToNextCell, tableEditing } from '@tiptap/pm/tables'
import { keptAttributesOf } from './kept-attributes.ts'

/**
 * Tables whose cells can be edited. A table that is more than rows of cells under one row of headings (captions,
 * column groups, several bodies, tables within) is left to the piece that is kept as it is, so that none of it is lost.
 */

const roles: Record<string, string> = {
  table: 'table',
  tableRow: 'row',
  tableCell: 'cell',
  tableHeader: 'header_cell',
}

const span = (element: Element, name: 'colspan' | 'rowspan') => Number(element.getAttribute(name) ?? 1)
const onlyHeadings = (row: Element | undefined) =>
  !!row?.children.length && [...row.children].every(cell => cell.localName === 'th')

function isPlainTable(table: Element): boolean {
  const parts = [...table.children]
  const [head, body] = parts[0]?.localName === 'thead' ? [parts[0], parts[1]] : [null, parts[0]]
  if (parts.length !== (head ? 2 : 1) || body?.localName !== 'tbody' || !body.children.length) return false
  if (head && (head.children.length !== 1 || !onlyHeadings(head.children[0]))) return false
  const rows = [...(head?.children ?? []), ...body.children]
  if ([...parts, ...rows].some(part => part.attributes.length) || table.querySelector('table')) return false
  // Cells that leave gaps would be filled up with others.
  const width = [...(rows[0]?.children ?? [])].reduce((sum, cell) => sum + span(cell, 'colspan'), 0)
  const area = rows
    .flatMap(row => [...row.children])
    .reduce((sum, cell) => sum + span(cell, 'colspan') * span(cell, 'rowspan'), 0)
  return width > 0 && area === width * rows.length
}

const table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  addAttributes: () => ({
    ...keptAttributesOf(['id', 'class', 'lang', 'dir', 'aria-label'])(),
    // Whether a first row of headings goes into a head of its own when the text is saved.
    head: {
      default: true,
      parseHTML: (element: HTMLElement) =>
        element.hasAttribute('data-head') ||
        element.querySelector('thead') !== null ||
        !onlyHeadings(element.querySelector('tr') ?? undefined),
      renderHTML: ({ head }: { head?: boolean }) => (head ? { 'data-head': '' } : {}),
    },
  }),
  parseHTML: () => [
    { tag: 'table', priority: 110, getAttrs: element => (isPlainTable(element) ? null : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
})

const tableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
})

const spanAttribute = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (element: HTMLElement) => span(element, name),
  renderHTML: (attributes: Record<string, unknown>) =>
    attributes[name] === 1 ? {} : { [name]: attributes[name] },
})

const cellOf = (name: string, tag: 'td' | 'th') =>
  Node.create({
    name,
    content: 'block+',
    isolating: true,
    addAttributes: () => ({
      ...keptAttributesOf(['id', 'class', 'lang', 'dir', 'aria-label', ...(tag === 'th' ? ['scope'] : [])])(),
      colspan: spanAttribute('colspan'),
      rowspan: spanAttribute('rowspan'),
      // The table commands copy it from cell to cell; columns have no widths of their own here.
      colwidth: { default: null, rendered: false },
      tight: {
        default: true,
        parseHTML: (element: HTMLElement) =>
          element.hasAttribute('data-tight') || element.querySelector(':scope > p') === null,
        renderHTML: ({ tight }: { tight?: boolean }) => (tight ? { 'data-tight': '' } : {}),
      },
    }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })

/** From cell to cell; Tab in the last cell begins a new row, as in a spreadsheet. The arrows lead out of the table. */
const nextCell: KeyboardShortcutCommand = ({ editor }) => {
  if (!editor.isActive('table')) return false
  if (goToNextCell(1)(editor.state, editor.view.dispatch)) return true
  addRowAfter(editor.state, editor.view.dispatch)
  return goToNextCell(1)(editor.state, editor.view.dispatch)
}

const tableBehaviour = Extension.create({
  name: 'tableBehaviour',
  // Before that of lists, which also take the Tab key.
  priority: 200,
  extendNodeSchema: ({ name }) => (roles[name] ? { tableRole: roles[name] } : {}),
  addProseMirrorPlugins: () => [tableEditing()],
  addKeyboardShortcuts: () => ({
    Tab: nextCell,
    'Shift-Tab': ({ editor }) => goToNextCell(-1)(editor.state, editor.view.dispatch),
  }),
})

/** Three rows of three cells, the first of headings. */
export function newTable() {
  const row = (type: string) => ({
    type: 'tableRow',
    content: Array.from({ length: 3 }, () => ({ type, content: [{ type: 'paragraph' }] })),
  })
  return { type: 'table', content: [row('tableHeader'), row('tableCell'), row('tableCell')] }
}

export const tableNodes = [
  table,
  tableRow,
  cellOf('tableCell', 'td'),
  cellOf('tableHeader', 'th'),
  tableBehaviour,
]
