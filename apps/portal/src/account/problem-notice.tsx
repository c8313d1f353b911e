import { Notice } from '@azora/ui/notice.tsx'
import { english } from '../i18n/english.ts'
import { getTranslations } from '../i18n/server.ts'
import type { Messages } from '../i18n/translator.ts'

type Asked = Record<string, string | string[] | undefined>

const has = (key: unknown): key is keyof Messages['problems'] =>
  typeof key === 'string' && Object.hasOwn(english.problems, key)

/** Why someone came back from an outside provider without what they went for: `?problem=…&provider=…`. */
export async function ProblemNotice({ asked }: { asked: Asked }) {
  const { problem, provider } = asked
  if (typeof problem !== 'string') return null
  const t = await getTranslations('problems')
  const isProvider = provider === 'google' || provider === 'github' || provider === 'apple'
  const name = isProvider ? t(provider) : t('someProvider')
  return (
    <Notice tone="warning" title={t('title')}>
      {t(has(problem) ? problem : 'other', { provider: name })}
    </Notice>
  )
}
