import type { Editor } from '@tiptap/react'

/**
 * The text of the editor as it is stored: what the editor's model cannot say in its own markup is put in place, so
 * that a text which nobody changed comes out as it went in. Empty when there is nothing in it.
 */
export function editorHtml(editor: Editor): string {
  if (editor.isEmpty) return ''
  const { body } = new DOMParser().parseFromString(editor.getHTML(), 'text/html')
  for (const table of body.querySelectorAll('table[data-head]')) {
    table.removeAttribute('data-head')
    const [first, second] = table.querySelectorAll(':scope > tbody > tr')
    if (!first || !second || [...first.children].some(cell => cell.localName !== 'th')) continue
    const head = document.createElement('thead')
    head.append(first)
    table.prepend(head)
  }
  // Words that stood in a cell or a list item without a paragraph around them.
  for (const holder of body.querySelectorAll('[data-tight]')) {
    holder.removeAttribute('data-tight')
    const paragraphs = holder.querySelectorAll(':scope > p')
    const [only] = paragraphs
    if (paragraphs.length === 1 && only === holder.firstElementChild && only && !only.attributes.length)
      only.replaceWith(...only.childNodes)
  }
  return body.innerHTML
}
