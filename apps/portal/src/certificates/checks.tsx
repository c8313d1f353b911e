import { getTranslations } from '../i18n/server.ts'
import { CheckList, type ShownCheck } from './check-list.tsx'

/** What was checked of a credential, on a page that the server renders. */
export async function Checks({ checks }: { checks: ShownCheck[] }) {
  const t = await getTranslations('verify')
  return <CheckList checks={checks} t={t} />
}
