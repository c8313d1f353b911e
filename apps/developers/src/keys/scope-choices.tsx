import { services } from 'virtual:azora-services'
import type { Scope } from '@azora/contracts/scopes.ts'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { useTranslations } from '../messages.ts'

const scopes = services.flatMap(({ name }): Scope[] => [`${name}:read`, `${name}:write`])

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
        {services.map(({ name, title, about }) => (
          <div key={name} className="grid gap-x-4 gap-y-2 py-3 sm:grid-cols-[1fr_auto]">
            <p>
              <span className="font-semibold">{title}</span>
              <span className="block text-sm text-muted">{about}</span>
            </p>
            <div className="flex gap-6">
              <Checkbox value={`${name}:read`}>
                {t('read')}
                <span className="sr-only">: {title}</span>
              </Checkbox>
              <Checkbox value={`${name}:write`}>
                {t('write')}
                <span className="sr-only">: {title}</span>
              </Checkbox>
            </div>
          </div>
        ))}
      </div>
    </CheckboxGroup>
  )
}
