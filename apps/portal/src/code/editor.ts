import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  insertBracket,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentLess, undo } from '@codemirror/commands'
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension, Prec } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { editorLook } from './editor-look.ts'
import { errorLine, showErrorLine } from './error-line.ts'
import { indentHere } from './indent.ts'
import type { KnownLanguage } from './language.ts'
import { tokenLooks } from './token-looks.ts'

/** The editor for programs, loaded when a page has one. It knows nothing of React and of questions. */

export type EditorOptions = {
  text: string
  /** Where the cursor is, from and to. */
  selection: [number, number]
  maxLength: number
  /** What it says, by what it says in English. */
  phrases: Record<string, string>
  attributes: Record<string, string>
  onText: (text: string) => void
  onRun: () => void
}

export type Editor = {
  text: () => string
  /** Another text than the one that is written in it; it can be undone. */
  replace: (text: string) => void
  /** As if it was typed where the cursor is. */
  insert: (text: string) => void
  indent: () => void
  undo: () => void
  /** Null for plain text. */
  setLanguage: (language: KnownLanguage | null) => void
  setReadOnly: (readOnly: boolean) => void
  /** Marks a line, counted from 1; null for none. */
  markLine: (line: number | null) => void
  goTo: (line: number) => void
  focus: () => void
  destroy: () => void
}

/** A change that did not come from its writer: it is not told to the page, which made it. */
const fromPage = Annotation.define<boolean>()

/**
 * Tab writes spaces, as programs need them; after Escape it leaves the editor instead, until something is typed. So the
 * keyboard is not caught, and there is no hurry.
 */
const tabLeaves: Extension = [
  Prec.lowest(
    keymap.of([
      {
        key: 'Escape',
        run: view => {
          view.setTabFocusMode(true)
          return false
        },
      },
    ]),
  ),
  EditorView.updateListener.of(({ view, docChanged, focusChanged }) => {
    if (docChanged || (focusChanged && !view.hasFocus)) view.setTabFocusMode(false)
  }),
]

const readOnlyWhere = (readOnly: boolean): Extension => [
  EditorState.readOnly.of(readOnly),
  // What cannot be changed opens no keyboard on a phone, but can be scrolled and read by one.
  EditorView.editable.of(!readOnly),
]

const longest = (maxLength: number): Extension =>
  EditorState.changeFilter.of(({ newDoc, startState }) => {
    return newDoc.length <= maxLength || newDoc.length < startState.doc.length
  })

export function openEditor(parent: HTMLElement, options: EditorOptions): Editor {
  const mayChange = new Compartment()
  const language = new Compartment()
  const length = options.text.length
  const [from, to] = options.selection
  const view = new EditorView({
    parent,
    doc: options.text,
    selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
    extensions: [
      EditorState.phrases.of(options.phrases),
      EditorView.contentAttributes.of({
        ...options.attributes,
        // Also where nothing can be written.
        tabindex: '0',
        autocapitalize: 'off',
        autocorrect: 'off',
        spellcheck: 'false',
        translate: 'no',
      }),
      mayChange.of(readOnlyWhere(false)),
      longest(options.maxLength),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      search({ top: true }),
      EditorState.tabSize.of(4),
      language.of([]),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ icons: false }),
      syntaxHighlighting(tokenLooks),
      errorLine,
      tabLeaves,
      editorLook,
      keymap.of([
        {
          key: 'Mod-Enter',
          run: () => {
            options.onRun()
            return true
          },
        },
        ...closeBracketsKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        { key: 'Tab', run: acceptCompletion },
        { key: 'Tab', run: indentHere, shift: indentLess },
        ...defaultKeymap,
      ]),
      EditorView.updateListener.of(({ docChanged, transactions, state }) => {
        if (docChanged && !transactions.every(one => one.annotation(fromPage)))
          options.onText(state.doc.toString())
      }),
    ],
  })
  return {
    text: () => view.state.doc.toString(),
    replace(text) {
      const changes = { from: 0, to: view.state.doc.length, insert: text }
      view.dispatch({ changes, annotations: fromPage.of(true), filter: false })
    },
    insert(text) {
      const { state } = view
      const pair = insertBracket(state, text)
      view.dispatch(pair ?? state.update(state.replaceSelection(text), { userEvent: 'input.type' }))
      view.dispatch({ scrollIntoView: true })
      view.focus()
    },
    indent() {
      indentHere(view)
      view.focus()
    },
    undo() {
      undo(view)
      view.focus()
    },
    setLanguage(known) {
      const extension = known ? [known.support, indentUnit.of(known.indent)] : []
      view.dispatch({ effects: language.reconfigure(extension) })
    },
    setReadOnly: readOnly => view.dispatch({ effects: mayChange.reconfigure(readOnlyWhere(readOnly)) }),
    markLine: line => view.dispatch({ effects: showErrorLine.of(line) }),
    goTo(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines)).from
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true })
      view.focus()
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}
