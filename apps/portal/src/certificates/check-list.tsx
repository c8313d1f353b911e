import { findingReasons } from '@azora/credential/findings.ts'
import { Icon } from '@azora/ui/icon.tsx'
import type { Translator } from '../i18n/translator.ts'

export type ShownCheck = {
  name: string
  ok: boolean
  reason: string
  values: Record<string, string>
}

type CheckListProps = { checks: ShownCheck[]; t: Translator<'verify'> }

const named = [
  'document',
  'context',
  'credential',
  'proof',
  'signature',
  'period',
  'status',
  'register',
] as const

/** The single checks of a credential with their outcome. */
export function CheckList({ checks, t }: CheckListProps) {
  return (
    <ul className="mt-2 flex flex-col gap-3">
      {checks.map(check => {
        const known = named.find(name => name === check.name)
        // A newer release of the school's server may find what this page has no text for.
        const reason = findingReasons.find(each => each === check.reason)
        return (
          <li key={check.name} className="flex gap-3">
            <Icon
              name={check.ok ? 'check' : 'close'}
              className={`mt-0.5 ${check.ok ? 'text-good' : 'text-bad'}`}
            />
            <div className="min-w-0 break-words">
              <p className="font-semibold">
                {known ? t(`check_${known}`) : check.name}
                <span className="sr-only">: {check.ok ? t('passed') : t('failed')}</span>
              </p>
              <p className="text-sm">{reason ? t(`finding_${reason}`, check.values) : t('finding_newer')}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
