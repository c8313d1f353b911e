import { schoolRoles } from '@azora/contracts/permissions.ts'
import { Button } from '@azora/ui/button.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { DraftNotice } from '@azora/web/drafts/draft-notice.tsx'
import { useDraft } from '@azora/web/drafts/use-draft.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { RoleChoice } from '../people/roles-dialog.tsx'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import { type Addressee, readAddresses } from './addresses.ts'

/** What became of one address: `fault` is null for a letter that is on its way. */
type Outcome = { addressee: Addressee; fault: string | null }

/** Invites one person or many: addresses are typed or pasted, and each is told of. */
export function InviteDialog({ onClose, onSent }: { onClose: () => void; onSent: () => void }) {
  const t = useTranslations('invitations')
  const common = useTranslations('common')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string[]>(['learner'])
  const [outcomes, setOutcomes] = useState<Outcome[]>([])
  const [sending, setSending] = useState<number | null>(null)
  const draft = useDraft({
    thing: 'invitations',
    value: text,
    base: '""',
    isValue: (kept): kept is string => typeof kept === 'string',
    onRestore: setText,
  })
  const { found, unread } = readAddresses(text)
  const roles = schoolRoles.filter(role => chosen.includes(role))
  const refused = outcomes.filter(outcome => outcome.fault !== null)

  const send = async (wanted: Addressee[]) => {
    setSending(wanted.length)
    const settled = outcomes.filter(outcome => outcome.fault === null)
    for (const addressee of wanted) {
      let fault: string | null = null
      try {
        await call('auth.invite', { ...addressee, roles })
      } catch (failure) {
        fault = faultText(failure, common('connectionLost'))
      }
      settled.push({ addressee, fault })
      setOutcomes([...settled])
    }
    setSending(null)
    if (settled.every(outcome => outcome.fault === null)) draft.forget()
    onSent()
  }

  if (outcomes.length > 0 || sending !== null) {
    return (
      <Dialog
        isOpen
        onOpenChange={onClose}
        title={t('outcomes')}
        closeLabel={common('close')}
        isDismissable={sending === null}
      >
        <p role="status" className="flex items-center gap-3 text-muted">
          {sending === null ? (
            t('sent', { n: outcomes.length - refused.length, of: outcomes.length })
          ) : (
            <>
              <Spinner />
              {t('sending')}
            </>
          )}
        </p>
        <ul className="flex flex-col divide-y divide-line">
          {outcomes.map(({ addressee, fault }) => (
            <li key={addressee.email} className="flex items-start gap-3 py-2.5">
              <Icon
                name={fault === null ? 'check' : 'warning'}
                className={`mt-0.5 ${fault === null ? 'text-good' : 'text-bad'}`}
              />
              <span className="min-w-0">
                <span className="block break-all">{addressee.email}</span>
                <span className={`block text-sm ${fault === null ? 'text-muted' : 'text-bad'}`}>
                  {fault ?? t('onItsWay')}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {sending === null ? (
          <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
            {refused.length > 0 ? (
              <Button variant="secondary" onPress={() => send(refused.map(one => one.addressee))}>
                {t('retry', { n: refused.length })}
              </Button>
            ) : null}
            <Button onPress={onClose} autoFocus>
              {t('done')}
            </Button>
          </div>
        ) : null}
      </Dialog>
    )
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('inviteTitle')} closeLabel={common('close')}>
      <DraftNotice draft={draft} />
      <TextArea
        label={t('addresses')}
        description={t('addressesHelp')}
        placeholder={t('example')}
        rows={4}
        value={text}
        onChange={setText}
        autoFocus
      />
      {unread.length > 0 ? (
        <Notice tone="warning" live>
          {t('unread', { n: unread.length, list: unread.slice(0, 5).join(', ') })}
        </Notice>
      ) : null}
      <RoleChoice chosen={chosen} onChoose={setChosen} />
      <DialogButtons onCancel={onClose}>
        <Button isDisabled={found.length === 0 || roles.length === 0} onPress={() => send(found)}>
          <Icon name="mail" />
          {t('send', { n: found.length })}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
