'use client'
import { csvLine } from '@azora/contracts/csv.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import { call, type OutputOf } from '../../lib/api.browser.ts'
import { useAction } from '../use-action.ts'

/** HTML of a question as the text of a cell. A parsed document that is in no page loads and runs nothing. */
const textOf = (html: string) =>
  (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim()

type Results = OutputOf<'assessment.getQuizResults'>

/** A line for each answer of each version of each question. */
function linesOf(results: Results) {
  return results.questions.flatMap((question, at) =>
    question.versions.flatMap(version =>
      version.options.map(option => [
        question.currentVersion === null ? null : at + 1,
        version.version,
        textOf(version.content),
        version.askedCount,
        version.answeredCount,
        version.rightCount,
        textOf(option.content),
        option.correct === null ? null : Number(option.correct),
        option.chosenCount,
      ]),
    ),
  )
}

/** Hands the results of each question over as a CSV file. It names nobody. */
export function ResultsCsv({ quizId, fileName }: { quizId: string; fileName: string }) {
  const t = useTranslations('quizResults')
  const { run, pending, fault } = useAction()
  const download = () =>
    run(async () => {
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
      const results = await call('assessment.getQuizResults', { quizId })
      const csv = [head.map(key => t(`csv_${key}`)), ...linesOf(results)].map(csvLine).join('')
      // The byte order mark tells spreadsheets that it is UTF-8.
      const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }))
      const link = Object.assign(document.createElement('a'), { href: url, download: `${fileName}.csv` })
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    })
  return (
    <div className="flex flex-col items-start gap-1">
      <Button variant="secondary" onPress={download} isPending={pending}>
        <Icon name="download" />
        {t('download')}
      </Button>
      {fault ? (
        <p role="alert" className="text-sm text-bad">
          {fault}
        </p>
      ) : null}
    </div>
  )
}
