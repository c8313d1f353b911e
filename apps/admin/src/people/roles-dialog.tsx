import { type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import { Button } from '@azora/ui/button.tsx'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { Dialog } from '@azora/ui/dialog.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import type { Person } from './people-table.tsx'

type RolesDialogProps = {
  person: Person
  /** It is one's own account: losing the role of administrator locks one out. */
  own: boolean
  onClose: () => void
  onChanged: (person: Person) => void
}

/** Changes what a person may do in the school. */
export function RolesDialog({ person, own, onClose, onChanged }: RolesDialogProps) {
  const t = useTranslations('admin')
  const common = useTranslations('common')
  const [chosen, setChosen] = useState<string[]>(person.roles)
  const { run, pending, fault } = useAction()
  const roles: SchoolRole[] = schoolRoles.filter(role => chosen.includes(role))
  const save = () => run(async () => onChanged(await call('auth.setRoles', { userId: person.id, roles })))
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('rolesTitle', { name: person.name })}
      closeLabel={common('close')}
    >
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <CheckboxGroup aria-label={t('roles')} value={chosen} onChange={setChosen} description={t('rolesNote')}>
        {schoolRoles.map(role => (
          <Checkbox key={role} value={role} card>
            <span className="font-semibold">{t(`role_${role}`)}</span>
            <span className="block text-sm text-muted">{t(`roleHelp_${role}`)}</span>
          </Checkbox>
        ))}
      </CheckboxGroup>
      {roles.length === 0 ? (
        <Notice tone="warning" live>
          {t('oneRole')}
        </Notice>
      ) : own && !roles.includes('admin') ? (
        <Notice tone="warning" live>
          {t('yourself')}
        </Notice>
      ) : null}
      <div className="flex flex-wrap justify-end gap-3">
        <Button variant="secondary" onPress={onClose}>
          {common('cancel')}
        </Button>
        <Button onPress={save} isPending={pending} isDisabled={roles.length === 0}>
          {common('save')}
        </Button>
      </div>
    </Dialog>
  )
}
