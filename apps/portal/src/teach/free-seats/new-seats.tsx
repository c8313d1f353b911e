'use client'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'

/** Gives more free seats of a course. */
export function NewSeats({ courseId, onMade }: { courseId: string; onMade: () => void }) {
  const t = useTranslations('freeSeats')
  const common = useTranslations('common')
  const say = useToast()
  const [made, setMade] = useState(0)
  const save = async (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const day = text('endsAt')
    await call('payments.createSeatPool', {
      courseId,
      name: text('name'),
      seats: Number(text('seats')),
      // Through that day, as the teacher's clock has it.
      endsAt: day === '' ? null : new Date(`${day}T23:59:59`).toISOString(),
    })
    say(t('made'))
    onMade()
    // An empty form for the next ones.
    setMade(count => count + 1)
  }
  return (
    <Form key={made} onSubmit={save} failure={common('connectionLost')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField name="name" label={t('name')} description={t('nameHelp')} maxLength={120} isRequired />
        <TextField
          name="seats"
          label={t('seats')}
          inputMode="numeric"
          pattern="[1-9][0-9]{0,3}"
          maxLength={4}
          isRequired
        />
        <TextField name="endsAt" label={t('endsOn')} description={t('endsOnHelp')} type="date" />
      </div>
      <div>
        <SubmitButton variant="secondary">{t('make')}</SubmitButton>
      </div>
    </Form>
  )
}
