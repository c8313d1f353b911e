'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import type { Learner } from './learner.ts'
import type { CourseGroups, Move } from './use-groups.ts'

type PickerProps = {
  groups: CourseGroups['items']
  learners: Learner[]
  pending: boolean
  onMove: (what: Move) => Promise<boolean>
}

// What one page holds at once; the others are found by their name or group.
const mostShown = 200

/** Chooses learners, and puts them into a group or takes them out. */
export function LearnerPicker({ groups, learners, pending, onMove }: PickerProps) {
  const t = useTranslations('groups')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [among, setAmong] = useState('')
  const [sought, setSought] = useState('')
  const [wanted, setTarget] = useState('')
  const target = groups.find(({ id }) => id === wanted)?.id ?? groups[0]?.id ?? ''
  const names = new Map(groups.map(({ id, name }) => [id, name]))
  const shownGroup = names.has(among) ? among : null
  const text = sought.trim().toLowerCase()
  const found = learners.filter(
    ({ name, email, groupIds }) =>
      (shownGroup ? groupIds.includes(shownGroup) : among !== 'none' || groupIds.length === 0) &&
      (text === '' || name.toLowerCase().includes(text) || email.toLowerCase().includes(text)),
  )
  const shown = found.slice(0, mostShown)
  // Only who is seen is moved.
  const moved = shown.filter(({ userId }) => chosen.has(userId))
  const choose = (userId: string, isChosen: boolean) =>
    setChosen(before => {
      const after = new Set(before)
      if (isChosen) after.add(userId)
      else after.delete(userId)
      return after
    })
  const move = async (part: Pick<Move, 'addToId' | 'removeFromIds'>) => {
    if (await onMove({ userIds: moved.map(({ userId }) => userId), ...part })) setChosen(new Set())
  }
  const theirs = [...new Set(moved.flatMap(({ groupIds }) => groupIds))]
  const idle = pending || moved.length === 0
  return (
    <section aria-label={t('learners')} className="flex min-w-0 flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label={t('search')} value={sought} onChange={setSought} />
        <NativeSelect
          label={t('filter')}
          value={shownGroup ?? (among === 'none' ? 'none' : '')}
          onChange={event => {
            setAmong(event.target.value)
            setChosen(new Set())
          }}
          options={[
            { id: '', label: t('everyone') },
            { id: 'none', label: t('inNone') },
            ...groups.map(({ id, name }) => ({ id, label: name })),
          ]}
        />
      </div>
      {groups.length > 0 ? (
        <fieldset className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
          <legend className="sr-only">{t('withChosen')}</legend>
          <p role="status" className="text-sm font-semibold">
            {t('chosen', { count: moved.length })}
          </p>
          <div className="flex flex-wrap items-end gap-3">
            <div className="min-w-40 max-w-full grow sm:grow-0">
              <NativeSelect
                label={t('target')}
                value={target}
                onChange={event => setTarget(event.target.value)}
                options={groups.map(({ id, name }) => ({ id, label: name }))}
              />
            </div>
            <Button isDisabled={idle} onPress={() => move({ addToId: target, removeFromIds: [] })}>
              {t('addTo')}
            </Button>
            <Button
              variant="secondary"
              isDisabled={idle}
              onPress={() => move({ addToId: target, removeFromIds: theirs.filter(id => id !== target) })}
            >
              {t('moveTo')}
            </Button>
            <Button
              variant="quiet"
              isDisabled={idle || theirs.length === 0}
              onPress={() => move({ addToId: null, removeFromIds: shownGroup ? [shownGroup] : theirs })}
            >
              {shownGroup ? t('takeOutOf', { name: names.get(shownGroup) ?? '' }) : t('takeOut')}
            </Button>
          </div>
        </fieldset>
      ) : null}
      {shown.length === 0 ? (
        <p className="text-muted">{t('noneFound')}</p>
      ) : (
        <>
          <Checkbox
            isSelected={moved.length === shown.length}
            isIndeterminate={moved.length > 0 && moved.length < shown.length}
            onChange={all => setChosen(new Set(all ? shown.map(({ userId }) => userId) : []))}
          >
            {t('chooseAll', { count: shown.length })}
          </Checkbox>
          <ul
            aria-label={t('learners')}
            className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface"
          >
            {shown.map(({ userId, name, email, groupIds }) => (
              <li key={userId} className="px-4 py-2">
                <Checkbox isSelected={chosen.has(userId)} onChange={isChosen => choose(userId, isChosen)}>
                  <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                    <span className="min-w-0 break-words">
                      {name}
                      <span className="block text-sm break-all text-muted">{email}</span>
                    </span>
                    <span className="flex flex-wrap gap-1.5">
                      {groupIds.map(id => (
                        <Badge key={id} tone="neutral">
                          {names.get(id) ?? ''}
                        </Badge>
                      ))}
                    </span>
                  </span>
                </Checkbox>
              </li>
            ))}
          </ul>
          {found.length > shown.length ? (
            <p className="text-sm text-muted">{t('beyond', { shown: shown.length, count: found.length })}</p>
          ) : null}
        </>
      )}
    </section>
  )
}
