import { getTranslations } from '../i18n/server.ts'
import { CheckList } from './check-list.tsx'

type ChecksProps = { checks: { name: string; ok: boolean; detail: string }[] }

/** What was checked of a credential, on a page that the server renders. */
export async function Checks({ checks }: ChecksProps) {
  const t = await getTranslations('verify')
  return <CheckList checks={checks} t={t} />
}
