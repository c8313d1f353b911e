import { type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import type { Scope } from '@azora/contracts/scopes.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { ScopeChoices } from '../keys/scope-choices.tsx'
import { useTranslations } from '../messages.ts'

export type MadeClient = OutputOf<'auth.createOauthClient'>

/** Asks for what a new OAuth client needs: a name, the roles that it acts with, and what it may touch. */
export function CreateClientForm({ onMade }: { onMade: (client: MadeClient) => void }) {
  const t = useTranslations('clients')
  const common = useTranslations('common')
  const [scopes, setScopes] = useState<Scope[]>(['education:read'])
  const [roles, setRoles] = useState<SchoolRole[]>(['learner'])
  return (
    <DraftForm
      thing="new-client"
      failure={common('connectionLost')}
      onSubmit={async data => {
        onMade(await call('auth.createOauthClient', { name: String(data.get('name')), scopes, roles }))
      }}
    >
      <TextField
        label={t('name')}
        name="name"
        description={t('nameHelp')}
        isRequired
        maxLength={80}
        autoComplete="off"
      />
      <CheckboxGroup
        label={t('roles')}
        description={t('rolesHelp')}
        value={roles}
        onChange={chosen => setRoles(schoolRoles.filter(role => chosen.includes(role)))}
      >
        {schoolRoles.map(role => (
          <Checkbox key={role} value={role}>
            <span className="font-medium">{t(`role_${role}`)}</span>
            <span className="block text-sm text-muted">{t(`role_${role}_text`)}</span>
          </Checkbox>
        ))}
      </CheckboxGroup>
      <ScopeChoices value={scopes} onChange={setScopes} />
      <SubmitButton className="self-start">{t('create')}</SubmitButton>
    </DraftForm>
  )
}
