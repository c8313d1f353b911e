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
import { DialogButtons } from '../shell/reason-dialog.tsx'
import type { Person } from './people-columns.tsx'

type RolesDialogProps = {
  person: Pick<Person, 'id' | 'name' | 'roles'>
  /** It is one's own account: losing the role of administrator locks one out. */
  own: boolean
  onClose: () => void
  onChanged: (person: Person) => void
}

/** Changes what a person may do in the school. */
export function RolesDialog({ person, own, onClose, onChanged }: RolesDialogProps) {
  const t = useTranslations('person')
  const common = useTranslations('common')
  const [chosen, setChosen] = useState<string[]>(person.roles)
  const { run, pending, fault } = useAction()
  const roles = schoolRoles.filter(role => chosen.includes(role))
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
      <RoleChoice chosen={chosen} onChoose={setChosen} description={t('rolesNote')} />
      {roles.length === 0 ? (
        <Notice tone="warning" live>
          {t('oneRole')}
        </Notice>
      ) : own && !roles.includes('admin') ? (
        <Notice tone="warning" live>
          {t('yourself')}
        </Notice>
      ) : null}
      <DialogButtons onCancel={onClose}>
        <Button onPress={save} isPending={pending} isDisabled={roles.length === 0}>
          {common('save')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

type RoleChoiceProps = { chosen: string[]; onChoose: (roles: string[]) => void; description?: string }

/** The roles of a school, each with what it lets someone do. */
export function RoleChoice({ chosen, onChoose, description }: RoleChoiceProps) {
  const t = useTranslations('roles')
  return (
    <CheckboxGroup
      label={t('label')}
      value={chosen}
      onChange={onChoose}
      {...(description ? { description } : {})}
    >
      {schoolRoles.map((role: SchoolRole) => (
        <Checkbox key={role} value={role} card>
          <span className="font-semibold">{t(role)}</span>
          <span className="block text-sm text-muted">{t(`help_${role}`)}</span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}
