import type { Scope } from '@azora/contracts/scopes.ts'
import { SubmitButton } from '@azora/ui/form.tsx'
import { Select } from '@azora/ui/select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'
import { ScopeChoices } from './scope-choices.tsx'

export type MadeKey = OutputOf<'auth.createApiKey'>

const lives = ['30', '90', '365', 'never'] as const

/** Asks for what a new key needs: a name, what it may touch, and how long it lives. */
export function CreateKeyForm({ onMade }: { onMade: (key: MadeKey) => void }) {
  const t = useTranslations('keys')
  const common = useTranslations('common')
  const [scopes, setScopes] = useState<Scope[]>(['education:read'])
  const [life, setLife] = useState<string>('90')
  return (
    <DraftForm
      thing="new-key"
      failure={common('connectionLost')}
      onSubmit={async data => {
        const made = await call('auth.createApiKey', {
          name: String(data.get('name')),
          scopes,
          expiresInDays: life === 'never' ? null : Number(life),
        })
        onMade(made)
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
      <ScopeChoices value={scopes} onChange={setScopes} />
      <Select
        label={t('expiry')}
        value={life}
        onChange={setLife}
        options={lives.map(id => ({ id, label: t(`expiry_${id}`) }))}
      />
      <SubmitButton className="self-start">{t('create')}</SubmitButton>
    </DraftForm>
  )
}
