'use client'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { CsvButton } from '../csv-button.tsx'

/** HTML of a question as the text of a cell. A parsed document that is in no page loads and runs nothing. */
const textOf = (html: string) =>
  (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim()

type Results = OutputOf<'assessment.getQuizResults'>

/** A line for each answer of each version of each question; of answers in words, those given most. */
function linesOf(results: Results) {
  return results.questions.flatMap((question, at) =>
    question.versions.flatMap(version => {
      const asked = [
        question.currentVersion === null ? null : at + 1,
        version.version,
        textOf(version.content),
        version.askedCount,
        version.answeredCount,
        version.rightCount,
      ]
      const isRight = (right: boolean | null) => (right === null ? null : Number(right))
      return [
        ...version.options.map(option => [
          ...asked,
          textOf(option.content),
          isRight(option.correct),
          option.chosenCount,
        ]),
        ...version.given.map(({ part, answer, right, givenCount }) => [
          ...asked,
          [part, answer].flatMap(html => (html ? textOf(html) : [])).join(': '),
          isRight(right),
          givenCount,
        ]),
      ]
    }),
  )
}

type CsvProps = { quizId: string; groupId: string | undefined; fileName: string }

/** Hands the results of each question over as a CSV file. It names nobody. */
export function ResultsCsv({ quizId, groupId, fileName }: CsvProps) {
  const t = useTranslations('quizResults')
  const lines = async () => {
    const head = [
      'number',
      'versionNumber',
      'text',
      'asked',
      'answered',
      'right',
      'answer',
      'isRight',
      'chosen',
    ] as const
    return [
      head.map(key => t(`csv_${key}`)),
      ...linesOf(await call('assessment.getQuizResults', { quizId, groupId })),
    ]
  }
  return <CsvButton fileName={fileName} label={t('download')} lines={lines} />
}
