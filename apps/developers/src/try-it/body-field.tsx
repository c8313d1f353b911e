import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import type { Operation } from '../document/api-document.ts'
import { useTranslations } from '../messages.ts'
import type { BodyFault } from './check-body.ts'
import { startOf } from './request.ts'

type BodyFieldProps = {
  operation: Operation
  value: string
  faults: BodyFault[]
  onChange: (body: string) => void
}

/** The body as JSON, with what is wrong in it. */
export function BodyField({ operation, value, faults, onChange }: BodyFieldProps) {
  const t = useTranslations('tryIt')
  const rows = Math.min(18, Math.max(5, value.split('\n').length + 1))
  const tidyUp = () => onChange(JSON.stringify(JSON.parse(value), null, 2))
  return (
    <div className="flex flex-col gap-2">
      <div className="font-mono [&_textarea]:font-mono [&_textarea]:text-[0.84rem] [&_textarea]:leading-relaxed">
        <TextArea
          label={operation.bodyKind === 'form' ? t('bodyForm') : t('bodyJson')}
          value={value}
          onChange={onChange}
          rows={rows}
          spellCheck="false"
          autoComplete="off"
          isInvalid={faults.length > 0}
        />
      </div>
      {faults.length > 0 ? (
        <ul aria-label={t('faults')} className="flex flex-col gap-1 text-sm text-bad">
          {faults.map(fault => (
            <li key={`${fault.path} ${fault.kind}`} className="flex items-start gap-2">
              <Icon name="warning" className="mt-0.5" />
              <span>
                {fault.path ? <code className="font-mono font-semibold">{fault.path}</code> : null}{' '}
                {t(`fault_${fault.kind}`, { wanted: fault.wanted })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="flex gap-2">
        <Button
          variant="quiet"
          size="small"
          isDisabled={faults.some(({ kind }) => kind === 'json')}
          onPress={tidyUp}
        >
          {t('tidyUp')}
        </Button>
        <Button variant="quiet" size="small" onPress={() => onChange(startOf(operation).body)}>
          {t('startAgain')}
        </Button>
      </p>
    </div>
  )
}
