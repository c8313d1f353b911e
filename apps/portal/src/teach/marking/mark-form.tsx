'use client'
import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import dynamic from 'next/dynamic'
import { useMemo, useState } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { Html } from '../../quiz/html.tsx'
import { PassageDetails } from '../../quiz/passage-details.tsx'
import { ToldValues } from '../../quiz/told-values.tsx'
import { countWords, wordsAsked } from '../../quiz/types/count-words.ts'
import { readableHtml } from '../../text/readable-html.ts'
import { EssayAnswer } from './essay-answer.tsx'
import { FilesAnswer } from './files-answer.tsx'
import { GivenMarks } from './given-marks.tsx'
import { ProgramAnswer } from './program-answer.tsx'
import { SavedComments } from './saved-comments.tsx'
import { SimilarAnswers } from './similar-answers.tsx'
import type { AnswerToMark, useMark } from './use-mark.ts'

const GroupMarkDialog = dynamic(() =>
  import('./group-mark-dialog.tsx').then(module => module.GroupMarkDialog),
)

type MarkFormProps = {
  answer: AnswerToMark
  making: ReturnType<typeof useMark>
  /** What learners are called, by their id. */
  names: Record<string, string>
  /** The groups of the learner whose answer it is; none where names are hidden. */
  groups: { id: string; name: string }[]
  onDone: () => void
}

/** An answer with what was asked, and its mark: levels or points, and a comment. */
export function MarkForm({ answer, making, names, groups, onDone }: MarkFormProps) {
  const t = useTranslations('marking')
  const quiz = useTranslations('quiz')
  const locale = useLocale()
  const { mark, change } = making
  const onAnnotate = (annotations: Annotation[]) => change({ annotations })
  const { guidance, minWords, maxWords } = answer.body
  const words = useMemo(() => countWords(answer.text, locale), [answer.text, locale])
  const asked = wordsAsked({ minWords, maxWords }, t)
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-col gap-3">
        {answer.passage ? (
          <PassageDetails name={t('passage')} html={readableHtml(answer.passage, quiz('table'))} />
        ) : null}
        <Html html={readableHtml(answer.content, quiz('table'))} strong />
        <ToldValues values={answer.values} t={quiz} />
        {guidance ? (
          <details className="rounded-control border border-line">
            <summary className="px-4 py-3 text-sm font-semibold">{t('notes')}</summary>
            <div className="px-4 pb-4">
              <Html html={guidance} />
            </div>
          </details>
        ) : null}
      </div>
      <article
        aria-label={t('answer')}
        className="rounded-card border border-line bg-surface p-5 shadow-card"
      >
        {answer.program ? (
          <ProgramAnswer program={answer.program} />
        ) : answer.files.length > 0 ? (
          <FilesAnswer answer={answer} annotations={mark.annotations} onAnnotate={onAnnotate} />
        ) : (
          <>
            <EssayAnswer answer={answer} annotations={mark.annotations} onAnnotate={onAnnotate} />
            <p className="mt-4 border-t border-line pt-3 text-sm text-muted tabular-nums">
              {[t('words', { count: words }), asked].filter(Boolean).join(', ')}
            </p>
          </>
        )}
      </article>
      {answer.program || answer.files.length > 0 ? null : (
        <SimilarAnswers answerId={answer.id} text={answer.text} names={names} />
      )}
      {answer.given.length > 0 ? (
        <GivenMarks
          answer={answer}
          onUse={answer.mayMark && answer.given.length > 1 ? part => change(part) : null}
        />
      ) : null}
      {answer.mayMark ? (
        <MarkFields answer={answer} making={making} names={names} groups={groups} onDone={onDone} />
      ) : (
        <Notice>{t(answer.decided ? 'isDecided' : 'othersDecide')}</Notice>
      )}
    </div>
  )
}

/** The mark as it is being made. */
function MarkFields({ answer, making, names, groups, onDone }: MarkFormProps) {
  const t = useTranslations('marking')
  const [forGroup, setForGroup] = useState(false)
  const { mark, change, state } = making
  const { reason: why } = mark
  const { rubric } = answer.body
  return (
    <>
      {rubric.length > 0 ? (
        <div className="flex flex-col gap-5">
          {rubric.map(criterion => (
            <RadioGroup
              key={criterion.id}
              label={criterion.title}
              description={criterion.description || undefined}
              value={mark.levels[criterion.id] ?? null}
              onChange={level => change({ levels: { ...mark.levels, [criterion.id]: level } })}
            >
              <div className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]">
                {criterion.levels.map(level => (
                  <Radio key={level.id} value={level.id} card>
                    <span className="font-semibold break-words">
                      {t('levelPoints', { title: level.title, points: level.points })}
                    </span>
                    {level.description ? (
                      <span className="block text-sm break-words text-muted">{level.description}</span>
                    ) : null}
                  </Radio>
                ))}
              </div>
            </RadioGroup>
          ))}
        </div>
      ) : (
        <div className="max-w-48">
          <NumberField
            label={t('points')}
            description={t('pointsHelp', { most: answer.points })}
            minValue={0}
            maxValue={answer.points}
            value={mark.awarded ?? Number.NaN}
            onChange={awarded => change({ awarded: Number.isNaN(awarded) ? null : awarded })}
          />
        </div>
      )}
      {answer.hintCost && answer.hintCost.percentOff > 0 ? (
        <p className="flex items-start gap-2 text-sm font-medium text-amber-ink">
          <Icon name="info" className="mt-0.5" />
          {t('hintsUsed', {
            taken: answer.hintCost.taken,
            count: answer.hintCost.count,
            points: answer.hintCost.pointsOff,
          })}
        </p>
      ) : null}
      <div className="flex flex-col items-start gap-2">
        <div className="w-full">
          <TextArea
            label={t('comment')}
            rows={3}
            maxLength={limits.markCommentLength}
            value={mark.comment}
            onChange={comment => change({ comment })}
          />
        </div>
        <SavedComments comment={mark.comment} onInsert={comment => change({ comment })} />
      </div>
      {answer.place === 'decision' ? (
        <TextArea
          label={t('reason')}
          description={t('reasonHelp')}
          rows={2}
          maxLength={limits.overrideReasonLength}
          value={why}
          onChange={reason => change({ reason })}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button onPress={onDone} isPending={state === 'saving'}>
          {t('done')}
        </Button>
        {groups.length > 0 && answer.place !== 'decision' ? (
          <Button variant="secondary" onPress={() => setForGroup(true)}>
            {t('wholeGroup')}
          </Button>
        ) : null}
        <p role="status" className="text-sm text-muted">
          {state === 'saving'
            ? t('saving')
            : state === 'draft'
              ? t('savedDraft')
              : state === 'marked'
                ? t('savedMark')
                : ''}
        </p>
      </div>
      <p className="hidden text-sm text-muted md:block">{t('keys')}</p>
      {forGroup ? (
        <GroupMarkDialog
          answerId={answer.id}
          groups={groups}
          names={names}
          making={making}
          onClose={() => setForGroup(false)}
          onMarked={() => location.reload()}
        />
      ) : null}
    </>
  )
}
