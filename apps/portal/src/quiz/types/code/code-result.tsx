import { Badge } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { CodeListing } from '../../../code/code-listing.tsx'
import { Assertion } from '../../../code/runs/assertion.tsx'
import { visible } from '../../../code/runs/visible.ts'
import type { useTranslations } from '../../../i18n/client.tsx'
import type { Submission } from '../../../offline/answers.ts'
import type { QuestionOf } from '../answer-field.ts'
import { MarkerComment } from '../marker-comment.tsx'
import { filesWith } from './contents.ts'
import { testName } from './test-name.ts'

type Mark = NonNullable<Submission['result']>['questions'][number]['marks'][number]

type CodeResultProps = {
  question: QuestionOf<'code'> & {
    id: string
    chosen: string[]
    correct: string[]
    marks: Mark[]
    comment: string | null
  }
  t: ReturnType<typeof useTranslations<'quiz'>>
  words: ReturnType<typeof useTranslations<'code'>>
}

/** What a program came to, test by test, and the program as it was submitted. */
export function CodeResult({ question, t, words }: CodeResultProps) {
  const { body, chosen, correct, marks, id } = question
  const tests = marks.flatMap(({ part, reason, given, expected, place, assertion }) => {
    const name = testName(body, part, words)
    return name === null
      ? []
      : [
          {
            ...{ part, reason, given, expected, place, assertion, name },
            isRule: body.style?.some(rule => rule.id === part) ?? false,
            passed: reason === 'test_passed' || reason === 'style_kept',
          },
        ]
  })
  const hidden = new Set(body.hiddenTests.map(test => test.id))
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {tests.length > 0 ? (
        <div className="flex flex-col gap-2">
          <p className="font-semibold">
            {words('passedOf', {
              passed: tests.filter(({ passed, isRule }) => passed && !isRule).length,
              count: tests.filter(({ isRule }) => !isRule).length,
            })}
          </p>
          <ul className="flex flex-col gap-2">
            {tests.map(({ part, name, passed, reason, given, expected, place, assertion }) => (
              <li
                key={part}
                className={`flex items-start gap-3 rounded-control border px-4 py-2.5 ${passed ? 'border-good/50 bg-good-soft text-good-ink' : 'border-bad/50 bg-bad-soft text-bad-ink'}`}
              >
                <Icon name={passed ? 'check' : 'close'} className="mt-0.5" />
                <div className="min-w-0 flex-1">
                  <p className="font-semibold break-words">{name}</p>
                  {reason === 'right' || reason === 'wrong' || reason === 'unanswered' || assertion ? null : (
                    <p className="text-sm">{t(`mark_${reason}`)}</p>
                  )}
                  {place?.message && place.path !== null ? (
                    <p className="text-sm">
                      {words('errorAt', { path: place.path, line: place.line })}{' '}
                      <code className="font-mono break-words">{place.message}</code>
                    </p>
                  ) : null}
                  {assertion ? <Assertion t={words} assertion={{ ...assertion, given, expected }} /> : null}
                  {reason === 'test_failed' && place ? (
                    <>
                      <p className="text-sm">
                        {words(place.only ? `differs_${place.only}` : 'differs', { line: place.line })}
                      </p>
                      <Piece name={words('wasPrinted')} text={said(given, place.only, words)} />
                      <Piece name={words('wasExpected')} text={said(expected, place.only, words)} />
                    </>
                  ) : null}
                </div>
                {hidden.has(part) ? <Badge>{words('hidden')}</Badge> : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {chosen.some(text => text.trim() !== '') ? (
        <CodeListing id={`given-${id}`} files={writtenFiles(body, chosen)} />
      ) : (
        <p className="text-muted">{t('noAnswer')}</p>
      )}
      {correct.length > 0 ? (
        <details className="rounded-control border border-line">
          <summary className="px-4 py-3 text-sm font-semibold">{words('solution')}</summary>
          <div className="px-4 pb-4">
            <CodeListing id={`right-${id}`} files={writtenFiles(body, correct)} />
          </div>
        </details>
      ) : null}
      <MarkerComment comment={question.comment} t={t} />
    </div>
  )
}

const said = (text: string | null, only: 'spaces' | 'case' | null, words: CodeResultProps['words']) =>
  text === null ? words('nothingMore') : text === '' ? words('emptyLine') : visible(text, only === 'spaces')

function Piece({ name, text }: { name: string; text: string }) {
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm">
      <span className="font-semibold">{name}</span>
      <code className="min-w-0 font-mono break-all">{text}</code>
    </p>
  )
}

const writtenFiles = (body: QuestionOf<'code'>['body'], answer: string[]) =>
  filesWith(body, answer).filter(({ locked }) => !locked)
