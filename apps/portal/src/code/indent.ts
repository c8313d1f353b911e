import { indentMore } from '@codemirror/commands'
import { indentUnit } from '@codemirror/language'
import { EditorSelection } from '@codemirror/state'
import type { Command } from '@codemirror/view'

/** The Tab key: spaces up to the next stop, or, where text is selected, each of its lines further in. */
export const indentHere: Command = view => {
  const { state } = view
  if (state.selection.ranges.some(range => !range.empty)) return indentMore(view)
  const unit = state.facet(indentUnit).length
  const spaces = state.changeByRange(({ head }) => {
    const column = head - state.doc.lineAt(head).from
    const insert = ' '.repeat(unit - (column % unit))
    return { changes: { from: head, insert }, range: EditorSelection.cursor(head + insert.length) }
  })
  view.dispatch(state.update(spaces, { userEvent: 'input.indent', scrollIntoView: true }))
  return true
}
