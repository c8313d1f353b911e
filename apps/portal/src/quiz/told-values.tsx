import type { useTranslations } from '../i18n/client.tsx'

type Translate = ReturnType<typeof useTranslations<'quiz'>>

/** The values that were drawn for a question in this attempt, where any were. */
export function ToldValues({
  values,
  t,
}: {
  values: { name: string; value: string }[] | undefined
  t: Translate
}) {
  if (!values?.length) return null
  const told = values.map(({ name, value }) => `${name} = ${value}`).join(', ')
  return <p className="text-sm break-words text-muted">{t('drawnValues', { values: told })}</p>
}
