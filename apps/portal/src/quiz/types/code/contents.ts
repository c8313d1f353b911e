import type { QuestionOf } from '../answer-field.ts'

type Body = QuestionOf<'code'>['body']

/** The files of a program with what was written so far: an answer has a text for each that is not locked, in order. */
export function filesWith({ files }: Pick<Body, 'files'>, answer: string[]): Body['files'] {
  const editable = files.filter(({ locked }) => !locked)
  return files.map(file => ({ ...file, content: answer[editable.indexOf(file)] ?? file.content }))
}

/** The answer of such files; nothing where no file differs from what it began with. */
export function answerOf({ files }: Pick<Body, 'files'>, written: Body['files']): string[] {
  const changed = written.some(({ content }, at) => content !== files[at]?.content)
  return changed ? written.filter(({ locked }) => !locked).map(({ content }) => content) : []
}
