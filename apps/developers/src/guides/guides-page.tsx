import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Link } from 'react-router'
import { useTranslations } from '../messages.ts'
import { useTitle } from '../shell/use-title.ts'
import type { Guide } from './block.ts'
import { guides } from './guides.ts'
import { GuideTexts, useGuideTexts } from './texts.tsx'

/** What there is to read. */
export function GuidesPage() {
  const t = useTranslations('guides')
  useTitle(t('title'))
  return (
    <GuideTexts>
      <PageHeader title={t('title')} description={t('description')} />
      <ul className="grid gap-4 sm:grid-cols-2">
        {guides.map(guide => (
          <Entry key={guide.slug} guide={guide} />
        ))}
      </ul>
    </GuideTexts>
  )
}

function Entry({ guide }: { guide: Guide }) {
  const t = useGuideTexts(guide)
  return (
    <li>
      <Card className="relative h-full transition-colors focus-within:border-accent hover:border-accent">
        <h2 className="text-lg font-bold">
          <Link to={`/guides/${guide.slug}`} className="text-ink no-underline after:absolute after:inset-0">
            {t('title')}
          </Link>
          <Icon name="forward" className="ms-1.5 text-accent" />
        </h2>
        <p className="mt-1.5 text-muted">{t('summary')}</p>
      </Card>
    </li>
  )
}
