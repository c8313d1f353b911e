import { Written } from '../code/written.tsx'
import { useTranslations } from '../messages.ts'
import { bounds, innerFields, type Schema, withoutNull } from './schema.ts'

type T = ReturnType<typeof useTranslations<'schema'>>

/** The fields of a schema, as a list within lists. */
export function SchemaView({ schema: given }: { schema: Schema }) {
  const t = useTranslations('schema')
  const { schema } = withoutNull(given)
  const inside = innermost(schema)
  if (!inside.properties) return <p className="text-sm">{kindText(given, t)}</p>
  return (
    <>
      {inside === schema ? null : <p className="mb-1 text-sm">{kindText(given, t)}</p>}
      <Fields schema={inside} t={t} />
    </>
  )
}

function Fields({ schema, t }: { schema: Schema; t: T }) {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) return <p className="text-sm text-muted">{t('empty')}</p>
  return (
    <ul className="border-s-2 border-line ps-4 text-sm">
      {fields.map(([name, field]) => {
        const inside = innermost(withoutNull(field).schema)
        return (
          <li key={name} className="py-1">
            <code className="font-mono font-semibold">{name}</code>{' '}
            <span className="text-muted">
              {kindText(field, t)}
              {schema.required?.includes(name) ? null : ` · ${t('optional')}`}
            </span>
            {field.description ? (
              <p className="text-muted">
                <Written text={field.description} />
              </p>
            ) : null}
            <Example schema={field} />
            {inside.properties ? <Fields schema={inside} t={t} /> : null}
          </li>
        )
      })}
    </ul>
  )
}

/** A real value of a field; those of objects stand with their fields. */
export function Example({ schema, value = schema.examples?.[0] }: { schema: Schema; value?: unknown }) {
  const t = useTranslations('schema')
  const { schema: inner } = withoutNull(schema)
  // Their kind shows already what these look like.
  const shown = inner.const !== undefined || inner.enum || inner.type === 'boolean' || inner.format === 'uuid'
  if (value === undefined || shown || innerFields(schema)) return null
  return (
    <p className="text-muted">
      {t('example')}{' '}
      <code className="font-mono text-ink [overflow-wrap:anywhere]">{JSON.stringify(value)}</code>
    </p>
  )
}

/** What a list or map holds in the end: the schema whose fields are worth listing. */
function innermost(schema: Schema): Schema {
  if (schema.items) return innermost(withoutNull(schema.items).schema)
  if (typeof schema.additionalProperties === 'object' && !schema.properties)
    return innermost(withoutNull(schema.additionalProperties).schema)
  return schema
}

/** A value's kind and limits in a few words. */
export function Kind({ schema }: { schema: Schema }) {
  return <>{kindText(schema, useTranslations('schema'))}</>
}

function kindText(given: Schema, t: T): string {
  const { schema, nullable } = withoutNull(given)
  const parts = [baseText(schema, t), limitText(schema, t)]
  if (schema.default !== undefined && typeof schema.default !== 'object')
    parts.push(t('defaultIs', { value: JSON.stringify(schema.default) }))
  if (nullable) parts.push(t('nullable'))
  return parts.filter(Boolean).join(' · ')
}

function baseText(schema: Schema, t: T): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return t('oneOf', { values: schema.enum.map(value => JSON.stringify(value)).join(', ') })
  if (schema.anyOf) return schema.anyOf.map(option => baseText(option, t)).join(' | ')
  if (schema.items) return t('listOf', { type: baseText(schema.items, t) })
  if (typeof schema.additionalProperties === 'object' && !schema.properties)
    return t('mapOf', { type: baseText(schema.additionalProperties, t) })
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return schema.format ? `${type} (${schema.format})` : type
}

function limitText(schema: Schema, t: T): string {
  const { from, to } = bounds(schema)
  if (from !== undefined && to !== undefined) return t('range', { from, to })
  if (from !== undefined) return t('atLeast', { from })
  if (to !== undefined) return t('atMost', { to })
  const { minLength, maxLength } = schema
  if (minLength !== undefined && maxLength !== undefined)
    return t('lengthRange', { from: minLength, to: maxLength })
  if (minLength !== undefined) return t('lengthAtLeast', { from: minLength })
  if (maxLength !== undefined) return t('lengthAtMost', { to: maxLength })
  return ''
}
