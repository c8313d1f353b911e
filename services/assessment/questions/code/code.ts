import { type codeBody, unitTestLanguages } from '@azora/contracts/assessment/question-types/code.ts'
import { limits } from '@azora/contracts/limits.ts'
import type { z } from 'zod'
import type { OpenBodyOf } from '../question.ts'
import type { PartMark, QuestionFault, QuestionRules } from '../question-rules.ts'
import { hasRepeatedId } from '../repeated-ids.ts'
import { typedAnswer } from '../typed-answer.ts'

export type Code = z.infer<typeof codeBody>
type CodeFile = Code['files'][number]

/** Of a text that is listed beside others, the beginning is enough. */
const toldLength = 500

/** The files that a learner writes. An answer has one text for each, in this order. */
const editableFiles = (files: CodeFile[]) => files.filter(({ locked, hidden }) => !locked && !hidden)

/**
 * The files of a program that was answered. What was not written is as it began.
 * @param hidden whether with the hidden ones: only where no one is told what the program writes, as it can read
 *   them
 */
export function answeredFiles({ files }: Pick<Code, 'files'>, answer: string[], hidden: boolean) {
  const editable = editableFiles(files)
  return files
    .filter(file => hidden || !file.hidden)
    .map(file => {
      const at = editable.indexOf(file)
      return { path: file.path, content: at < 0 ? file.content : (answer[at] ?? file.content) }
    })
}

/** Those of them that the learner wrote. */
export function writtenFiles({ files }: Pick<Code, 'files'>, answer: string[]) {
  return editableFiles(files).map(({ path, content }, at) => ({ path, content: answer[at] ?? content }))
}

/** A program. It takes longer to run than a request may, so it is marked after the attempt has ended. */
export const code: QuestionRules<Code, OpenBodyOf<'code'>> = {
  marker: 'program',
  longestAnswer: limits.programTextLength,
  open: opened,
  openAfter: body =>
    body.keyShown ? { ...opened(body), tests: body.tests.map(openTest), hiddenTests: [] } : opened(body),
  responseIds: questionId => [questionId],
  admissible: ({ files }, _responseId, given) => given.slice(0, editableFiles(files).length),
  marks: (questionId, _body, responses): PartMark[] => [
    {
      part: questionId,
      given: null,
      expected: null,
      worth: 1,
      earned: 0,
      reason: responses[questionId]?.some(text => text.trim()) ? 'awaits_marking' : 'unanswered',
    },
  ],
  correct: ({ keyShown, solution }) => (keyShown ? solution : []),
  comparisons: () => 0,
  tell: (_body, _responseId, [given = '']) => ({
    part: null,
    answer: typedAnswer(given.slice(0, toldLength)),
    right: null,
  }),
  prepared: body => body,
  fault,
  htmlPlaces: () => [],
}

function opened({ language, files, tests, style, processorSeconds, memoryMiB }: Code): OpenBodyOf<'code'> {
  return {
    language,
    files: files
      .filter(({ hidden }) => !hidden)
      .map(({ path, content, locked }) => ({ path, content, locked })),
    tests: tests.filter(({ hidden }) => !hidden).map(openTest),
    hiddenTests: tests.filter(({ hidden }) => hidden).map(({ id, title, worth }) => ({ id, title, worth })),
    ...(style ? { style } : {}),
    processorSeconds,
    memoryMiB,
  }
}

const openTest = (test: Code['tests'][number]) => ({
  id: test.id,
  title: test.title,
  stdin: test.stdin,
  arguments: test.arguments,
  expected: test.expected,
  comparison: test.comparison,
  tolerance: test.tolerance,
  worth: test.worth,
  ...(test.unit === undefined ? {} : { unit: test.unit }),
})

function fault(
  { language, files, tests, style = [], unitTests, solution }: Code,
  _content: string,
  survey: boolean,
): QuestionFault | null {
  const editable = editableFiles(files)
  if (editable.length === 0) return 'no_file_to_write'
  if (files[0]?.hidden) return 'first_file_hidden'
  if (editable.length > limits.editableFilesOfProgram) return 'too_many_files_to_write'
  if (!isTree(files.map(({ path }) => path))) return 'duplicate_file'
  if (hasRepeatedId([...tests, ...style])) return 'duplicate_part'
  const units = tests.some(({ unit }) => unit !== undefined)
  if ((units || style.length > 0) && !unitTestLanguages.some(one => one === language))
    return 'unit_tests_other_language'
  if (units && !unitTests?.trim()) return 'unit_tests_missing'
  if (!style.every(hasValue)) return 'style_without_value'
  if (solution.length > 0 && solution.length !== editable.length) return 'solution_incomplete'
  // Of a survey no answer is right.
  return survey || [...tests, ...style].some(({ worth }) => worth > 0) ? null : 'no_program_test'
}

function hasValue({ rule, value }: NonNullable<Code['style']>[number]): boolean {
  if (rule === 'line_length') return /^[1-9]\d{1,2}$/.test(value)
  return (rule !== 'must_use' && rule !== 'must_not_use') || /^[^\s]+$/.test(value)
}

/** No file twice, and none that is the folder of another. */
const isTree = (paths: string[]) =>
  paths.every((path, at) => !paths.some((other, its) => at !== its && `${other}/`.startsWith(`${path}/`)))
