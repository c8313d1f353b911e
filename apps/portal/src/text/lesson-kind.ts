import type { Translator } from '../i18n/translator.ts'

type Kind = 'page' | 'video' | 'file' | 'link' | 'quiz'

/** What a lesson is, in a word: 'Video', 'Quiz', and 'Survey' where its quiz is one. */
export function lessonKindText(t: Translator<'common'>, lesson: { kind: Kind; survey: boolean }): string {
  return t(lesson.survey ? 'kind_survey' : `kind_${lesson.kind}`)
}
