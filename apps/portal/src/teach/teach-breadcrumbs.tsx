import { type BreadcrumbItem, Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { getTranslations } from '../i18n/server.ts'

/** The way to a page of teaching, from the teacher's courses on; the last item is the page itself. */
export async function TeachBreadcrumbs({ items }: { items: BreadcrumbItem[] }) {
  const [teach, common] = await Promise.all([getTranslations('teach'), getTranslations('common')])
  return (
    <Breadcrumbs
      label={common('breadcrumbs')}
      items={[{ label: teach('title'), href: '/teach' }, ...items]}
    />
  )
}
