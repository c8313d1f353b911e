import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

/** A line where a program failed, marked until the program is changed. */

export const showErrorLine = StateEffect.define<number | null>()

const mark = Decoration.line({ class: 'cm-error-line' })

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, transaction) {
    let now = transaction.docChanged ? Decoration.none : marked
    for (const effect of transaction.effects) {
      if (!effect.is(showErrorLine)) continue
      const line = effect.value
      const exists = line !== null && line >= 1 && line <= transaction.state.doc.lines
      now = exists ? Decoration.set(mark.range(transaction.state.doc.line(line).from)) : Decoration.none
    }
    return now
  },
  provide: decorations => EditorView.decorations.from(decorations),
})

export const errorLine: Extension = field
