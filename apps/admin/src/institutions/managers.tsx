import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Form, SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { PersonLink } from '../people/person-link.tsx'
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { Institution } from './institution.ts'

type Props = { institution: Institution; mayEdit: boolean; onChange: (changed: Institution) => void }

/** Who orders for an institution, invites people and sees its invoices. */
export function Managers({ institution, mayEdit, onChange }: Props) {
  const t = useTranslations('institutions')
  const common = useTranslations('common')
  const say = useToast()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Institution['managers'][number] | null>(null)
  const { id: institutionId, managers } = institution
  return (
    <Card as="section" className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{t('managers')}</h2>
      <p className="text-muted">{t('managersText')}</p>
      {managers.length === 0 ? (
        <p>{t('noManagers')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {managers.map(manager => (
            <li key={manager.userId} className="flex items-center justify-between gap-3">
              <PersonLink id={manager.userId} name={manager.name} />
              {mayEdit ? (
                <Button
                  variant="secondary"
                  size="small"
                  aria-label={t('removeOf', { name: manager.name })}
                  onPress={() => setRemoving(manager)}
                >
                  {t('remove')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <div>
          <Button variant="secondary" onPress={() => setAdding(true)}>
            {t('addManager')}
          </Button>
        </div>
      ) : null}
      {adding ? (
        <Dialog
          isOpen
          onOpenChange={() => setAdding(false)}
          title={t('addManager')}
          closeLabel={common('close')}
        >
          <Form
            failure={common('connectionLost')}
            onSubmit={async data => {
              const email = String(data.get('email') ?? '')
              onChange(await call('payments.addInstitutionManager', { institutionId, email }))
              setAdding(false)
              say(t('added'))
            }}
          >
            <TextField
              name="email"
              type="email"
              label={t('managerEmail')}
              description={t('managerHelp')}
              isRequired
            />
            <DialogButtons onCancel={() => setAdding(false)}>
              <SubmitButton>{t('addManager')}</SubmitButton>
            </DialogButtons>
          </Form>
        </Dialog>
      ) : null}
      <ConfirmDialog
        isOpen={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={t('removeTitle', { name: removing?.name ?? '' })}
        confirmLabel={t('remove')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={async () => {
          if (!removing) return
          const { userId } = removing
          onChange(await call('payments.removeInstitutionManager', { institutionId, userId }))
          say(t('removed'))
        }}
      >
        {t('removeText')}
      </ConfirmDialog>
    </Card>
  )
}
