import { type Scope, scopes } from '@azora/contracts/scopes.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { useTranslations } from '../messages.ts'

const services = ['auth', 'education', 'assessment', 'integrations'] as const

/** What a program may touch: for each part of the school to read, and to change. */
export function ScopeChoices({ value, onChange }: { value: Scope[]; onChange: (value: Scope[]) => void }) {
  const t = useTranslations('scopes')
  return (
    <CheckboxGroup
      label={t('label')}
      description={t('help')}
      value={value}
      onChange={chosen => onChange(scopes.filter(scope => chosen.includes(scope)))}
    >
      <div className="flex flex-col divide-y divide-line rounded-control border border-line px-4">
        {services.map(service => (
          <div key={service} className="grid gap-x-4 gap-y-2 py-3 sm:grid-cols-[1fr_auto]">
            <p>
              <span className="font-semibold">{t(service)}</span>
              <span className="block text-sm text-muted">{t(`${service}_text`)}</span>
            </p>
            <div className="flex gap-6">
              <Checkbox value={`${service}:read`}>
                {t('read')}
                <span className="sr-only">: {t(service)}</span>
              </Checkbox>
              <Checkbox value={`${service}:write`}>
                {t('write')}
                <span className="sr-only">: {t(service)}</span>
              </Checkbox>
            </div>
          </div>
        ))}
      </div>
    </CheckboxGroup>
  )
}
