'use client'
import { canonicalEmail } from '@azora/contracts/email-address.ts'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { faultAt } from '@azora/web/calls/form-faults.ts'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { SeatPool } from './seat-pool.ts'

const most = 200

/** Invites people to seats by email, as many as are pasted. */
export function InviteForm({ pool, onInvited }: { pool: SeatPool; onInvited: (pool: SeatPool) => void }) {
  const t = useTranslations('freeSeats')
  const common = useTranslations('common')
  const say = useToast()
  const [sent, setSent] = useState(0)
  const invite = async (data: FormData) => {
    const typed = String(data.get('emails') ?? '')
      .split(/[\s,;]+/)
      .filter(text => text !== '')
    const wrong = typed.find(text => canonicalEmail(text) === null)
    if (wrong !== undefined) throw faultAt('emails', t('notEmail', { text: wrong }))
    if (typed.length > most) throw faultAt('emails', t('tooMany'))
    const { invited, pool: now } = await call('payments.inviteToSeats', { poolId: pool.id, emails: typed })
    say(t('invited', { count: invited }))
    setSent(count => count + 1)
    onInvited(now)
  }
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-bold">{t('inviteTitle')}</h3>
      <Form key={sent} onSubmit={invite} failure={common('connectionLost')}>
        <TextArea name="emails" label={t('emails')} description={t('emailsHelp')} rows={3} isRequired />
        <div>
          <SubmitButton variant="secondary">{t('invite')}</SubmitButton>
        </div>
      </Form>
    </section>
  )
}
