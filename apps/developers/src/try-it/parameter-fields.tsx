import { NativeSelect } from '@azora/ui/native-select.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import type { Operation } from '../document/api-document.ts'
import { withoutNull } from '../document/schema.ts'
import { Kind } from '../document/schema-view.tsx'
import { useTranslations } from '../messages.ts'

type ParameterFieldsProps = {
  operation: Operation
  values: Record<string, string>
  /** Those that must be filled in and are not. */
  absent: string[]
  onChange: (name: string, value: string) => void
}

/** A field for each parameter; one of a few choices is chosen from a list. */
export function ParameterFields({ operation, values, absent, onChange }: ParameterFieldsProps) {
  const t = useTranslations('tryIt')
  const { parameters } = operation
  if (parameters.length === 0) return null
  return (
    <fieldset className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      <legend className="sr-only">{t('parameters')}</legend>
      {parameters.map(({ name, in: place, required, schema }) => {
        const choices = withoutNull(schema ?? {}).schema.enum
        const label = required ? t('requiredLabel', { name }) : name
        if (choices)
          return (
            <NativeSelect
              key={`${place} ${name}`}
              label={label}
              value={values[name] ?? ''}
              onChange={event => onChange(name, event.target.value)}
              options={[
                { id: '', label: t('none') },
                ...choices.map(choice => ({ id: String(choice), label: String(choice) })),
              ]}
            />
          )
        return (
          <TextField
            key={`${place} ${name}`}
            label={label}
            value={values[name] ?? ''}
            onChange={value => onChange(name, value)}
            isInvalid={absent.includes(name)}
            description={schema ? <Kind schema={schema} /> : undefined}
            autoComplete="off"
            spellCheck="false"
          />
        )
      })}
    </fieldset>
  )
}
