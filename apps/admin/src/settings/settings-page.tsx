import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import type { OutputOf } from '@azora/web/calls/operations.ts'
import { useLoad } from '@azora/web/calls/use-load.ts'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { Failed, Loading } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'

type Settings = OutputOf<'auth.getOrganizationSettings'>

const registrations = ['open', 'invitation'] as const satisfies Settings['registration'][]
const requirements = ['nobody', 'staff', 'everyone'] as const satisfies Settings['requireMfa'][]

/** What an administrator decides for the school. */
export function SettingsPage() {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const { value, fault, reload, replace } = useLoad('settings', signal =>
    call('auth.getOrganizationSettings', {}, { signal }),
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      {fault ? <Failed fault={fault} onRetry={reload} /> : null}
      {value ? (
        <SettingsForm settings={value} onSaved={replace} />
      ) : fault ? null : (
        <Loading label={common('loading')} />
      )}
    </>
  )
}

function SettingsForm({ settings, onSaved }: { settings: Settings; onSaved: (saved: Settings) => void }) {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const schools = useTranslations('schools')
  const say = useToast()
  const { mfaEnabled } = useAccount()
  const [registration, setRegistration] = useState<string>(settings.registration)
  const [requireMfa, setRequireMfa] = useState<string>(settings.requireMfa)
  const save = async (data: FormData) => {
    const saved = await call('auth.saveOrganizationSettings', {
      name: String(data.get('name')),
      registration: registrations.find(one => one === registration),
      requireMfa: requirements.find(one => one === requireMfa),
    })
    onSaved(saved)
    say(t('saved'))
  }
  return (
    <DraftForm
      thing="school-settings"
      onSubmit={save}
      failure={common('connectionLost')}
      className="flex max-w-3xl flex-col gap-6"
    >
      <Card as="section" className="flex flex-col gap-4">
        <h2 className="text-lg font-bold">{t('school')}</h2>
        <TextField
          label={t('name')}
          name="name"
          description={t('nameHelp')}
          defaultValue={settings.name}
          isRequired
          maxLength={120}
        />
      </Card>
      <Card as="section" className="flex flex-col gap-4">
        <h2 id="registration" className="text-lg font-bold">
          {t('registration')}
        </h2>
        <RadioGroup aria-labelledby="registration" value={registration} onChange={setRegistration}>
          {registrations.map(one => (
            <Radio key={one} value={one} card>
              <span className="font-semibold">{t(`registration_${one}`)}</span>
              <span className="block text-sm text-muted">{t(`registrationHelp_${one}`)}</span>
            </Radio>
          ))}
        </RadioGroup>
      </Card>
      <Card as="section" className="flex flex-col gap-4">
        <h2 id="factor" className="text-lg font-bold">
          {t('factor')}
        </h2>
        <p className="text-muted">{t('factorText')}</p>
        <RadioGroup aria-labelledby="factor" value={requireMfa} onChange={setRequireMfa}>
          {requirements.map(one => (
            <Radio key={one} value={one} card>
              <span className="font-semibold">{t(`factor_${one}`)}</span>
              <span className="block text-sm text-muted">{t(`factorHelp_${one}`)}</span>
            </Radio>
          ))}
        </RadioGroup>
        {requireMfa !== 'nobody' && !mfaEnabled ? (
          <Notice tone="warning" live title={t('ownFactor')}>
            {t('ownFactorText')}{' '}
            <a href="/account/security" className="underline underline-offset-4">
              {t('toSecurity')}
            </a>
          </Notice>
        ) : null}
      </Card>
      <Card as="section" className="flex flex-col gap-3">
        <h2 className="flex flex-wrap items-center gap-3 text-lg font-bold">
          {t('tier')}
          <Badge tone="accent">{schools(`tier_${settings.tier}`)}</Badge>
        </h2>
        <p className="text-muted">{schools(`tierHelp_${settings.tier}`)}</p>
        <p className="text-sm text-muted">{t('tierText')}</p>
      </Card>
      <div className="sticky bottom-0 -mx-4 border-t border-line bg-ground px-4 py-4 sm:mx-0 sm:px-0">
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </DraftForm>
  )
}
