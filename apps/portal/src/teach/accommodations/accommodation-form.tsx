'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { NumberField } from '@azora/ui/number-field.tsx'
import { type FormEvent, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { DateField } from '../quiz-editor/date-field.tsx'
import { blank, inQuiz, keyOf, ofWhom, whoseIs } from './chosen.ts'
import type { Accommodation, Loaded } from './use-accommodations.ts'

type FormProps = {
  initial: Accommodation
  loaded: Loaded
  pending: boolean
  onCancel: () => void
  onSave: (given: Accommodation) => Promise<void>
}

const numbers = [
  ['extraPercent', 400],
  ['extraMinutes', limits.timeLimitMinutes],
  ['extraBreakMinutes', limits.breakMinutes],
  ['extraAttempts', limits.attempts],
] as const
const dates = ['opensAt', 'dueAt', 'closesAt'] as const

/** More time, breaks, more attempts and other dates for one learner or group, in all quizzes of the course or in one. */
export function AccommodationForm({ initial, loaded, pending, onCancel, onSave }: FormProps) {
  const t = useTranslations('accommodations')
  const common = useTranslations('common')
  const [given, setGiven] = useState(initial)
  const change = (part: Partial<Accommodation>) => setGiven(before => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void onSave(given)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <NativeSelect
        label={t(loaded.groups.length ? 'who' : 'learner')}
        value={keyOf(given)}
        options={[
          ...loaded.groups.map(({ id, name }) => ({
            id: keyOf({ userId: null, groupId: id }),
            label: t('groupNamed', { name }),
          })),
          ...loaded.learners.map(({ userId, name }) => ({ id: userId, label: name })),
        ]}
        onChange={event => {
          const { quizId } = given
          setGiven(ofWhom(loaded.items, { ...whoseIs(event.target.value), quizId }))
        }}
      />
      <NativeSelect
        label={t('quiz')}
        value={given.quizId ?? ''}
        options={[
          { id: '', label: t('allQuizzes') },
          ...loaded.quizzes.map(({ id, title }) => ({ id, label: title })),
        ]}
        onChange={event => setGiven(inQuiz(loaded.items, given, event.target.value || null))}
      />
      {numbers.map(([name, most]) => (
        <NumberField
          key={name}
          label={t(name)}
          minValue={0}
          maxValue={most}
          value={given[name]}
          onChange={value => change({ [name]: Number.isNaN(value) ? blank[name] : value })}
        />
      ))}
      {dates.map(name => (
        <DateField
          key={name}
          label={t(name)}
          description={t('dateHelp')}
          name={name}
          value={given[name]}
          onChange={time => change({ [name]: time })}
        />
      ))}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" isPending={pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
