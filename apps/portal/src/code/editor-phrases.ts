import type { useTranslations } from '../i18n/client.tsx'

/** What the editor says, by what it says in English, as CodeMirror asks for it. */
export const editorPhrases = (t: ReturnType<typeof useTranslations<'code'>>): Record<string, string> => ({
  Find: t('find'),
  Replace: t('replaceWith'),
  next: t('findNext'),
  previous: t('findPrevious'),
  all: t('findAll'),
  'match case': t('matchCase'),
  regexp: t('regexp'),
  'by word': t('wholeWords'),
  replace: t('replace'),
  'replace all': t('replaceAll'),
  close: t('closeSearch'),
  'current match': t('currentMatch'),
  'on line': t('onLine'),
  'replaced match on line $': t('replacedOnLine'),
  'replaced $ matches': t('replacedMatches'),
  'Go to line': t('goToLine'),
  go: t('go'),
  Completions: t('suggestions'),
  'Selection deleted': t('selectionDeleted'),
  'Control character': t('controlCharacter'),
})
