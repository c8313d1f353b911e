import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { signInAddress, useOptionalAccount } from '@azora/web/session/signed-in.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'
import { isKey, keepOwnKey, shortened, useOwnKey } from './own-key.ts'

export type CallAs = 'key' | 'session'

/** By what a call says who calls: a key of one's own, or the session of this browser. */
export function CredentialChoice({ chosen, onChoose }: { chosen: CallAs; onChoose: (as: CallAs) => void }) {
  const t = useTranslations('tryIt')
  const account = useOptionalAccount()
  const key = useOwnKey()
  if (!account) return key ? <KeptKey value={key} /> : <EnterKey />
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup label={t('callAs')} value={chosen} onChange={value => onChoose(value as CallAs)}>
        <Radio value="key">
          <span className="font-medium">{t('asKey')}</span>
          <span className="block text-sm text-muted">{t('asKeyText')}</span>
        </Radio>
        <Radio value="session">
          <span className="font-medium">{t('asSession')}</span>
          <span className="block text-sm text-muted">{t('asSessionText', { name: account.name })}</span>
        </Radio>
      </RadioGroup>
      {chosen === 'key' ? key ? <KeptKey value={key} /> : <EnterKey /> : null}
    </div>
  )
}

function KeptKey({ value }: { value: string }) {
  const t = useTranslations('tryIt')
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control bg-good-soft px-4 py-2 text-good-ink">
      <Icon name="key" />
      <code className="min-w-0 flex-1 font-mono text-sm [overflow-wrap:anywhere]">{shortened(value)}</code>
      <Button variant="quiet" size="small" onPress={() => keepOwnKey(null)}>
        {t('forget')}
      </Button>
    </p>
  )
}

const linkStyle = 'text-accent-ink underline underline-offset-3'

function EnterKey() {
  const t = useTranslations('tryIt')
  const account = useOptionalAccount()
  const [typed, setTyped] = useState('')
  const wrong = typed.trim() !== '' && !isKey(typed)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label={t('yourKey')}
            value={typed}
            onChange={setTyped}
            type="password"
            autoComplete="off"
            placeholder="azora_…"
            isInvalid={wrong}
          />
        </div>
        <Button variant="secondary" isDisabled={!isKey(typed)} onPress={() => keepOwnKey(typed)}>
          {t('use')}
        </Button>
      </div>
      <p className="text-sm text-muted">
        {wrong ? <span className="font-medium text-bad">{t('notAKey')} </span> : null}
        {t('keyKept')}{' '}
        {account ? (
          <Link to="/keys?new=1" className={linkStyle}>
            {t('makeOne')}
          </Link>
        ) : (
          <a href={signInAddress()} className={linkStyle}>
            {t('signInForKey')}
          </a>
        )}
      </p>
    </div>
  )
}
