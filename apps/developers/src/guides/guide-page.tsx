import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Link, useParams } from 'react-router'
import { CodeBlock } from '../code/code-block.tsx'
import { Written } from '../code/written.tsx'
import { useTranslations } from '../messages.ts'
import { useTitle } from '../shell/use-title.ts'
import type { Block, Guide } from './block.ts'
import { EventList } from './event-list.tsx'
import { guides } from './guides.ts'
import { GuideTexts, useGuideTexts } from './texts.tsx'

/** One guide. */
export function GuidePage() {
  const t = useTranslations('guides')
  const { guide: slug } = useParams()
  const guide = guides.find(one => one.slug === slug)
  if (!guide)
    return (
      <div className="py-12">
        <EmptyState level={1} icon="search" title={t('none')}>
          <Link to="/guides">{t('all')}</Link>
        </EmptyState>
      </div>
    )
  return (
    <GuideTexts>
      <Read key={guide.slug} guide={guide} />
    </GuideTexts>
  )
}

function Read({ guide }: { guide: Guide }) {
  const t = useGuideTexts(guide)
  const common = useTranslations('guides')
  // Not the title alone: the page for webhooks has it too.
  useTitle(`${t('title')} · ${common('title')}`)
  const next = guides[guides.indexOf(guide) + 1]
  return (
    <article className="max-w-3xl pt-6">
      <Link
        to="/guides"
        className="inline-flex min-h-9 items-center gap-1.5 text-sm font-medium text-muted underline-offset-4 hover:text-ink hover:underline"
      >
        <Icon name="back" />
        {common('all')}
      </Link>
      <h1 className="mt-2 text-title font-bold">{t('title')}</h1>
      <p className="mt-2 text-lg text-muted">{t('summary')}</p>
      <div className="mt-8 flex flex-col gap-5">
        {guide.blocks(location.origin).map((block, at) => (
          <Shown key={at} block={block} t={t} />
        ))}
        {guide.listsEvents ? <EventList /> : null}
      </div>
      {next ? <Next guide={next} /> : null}
    </article>
  )
}

function Shown({ block, t }: { block: Block; t: ReturnType<typeof useGuideTexts> }) {
  if (typeof block !== 'string')
    return <CodeBlock title={t(block.title)} language={block.language} code={block.code} />
  if (block.startsWith('# ')) return <h2 className="mt-5 text-xl font-bold">{t(block.slice(2))}</h2>
  if (block.startsWith('- '))
    return (
      <ul className="flex list-disc flex-col gap-2.5 ps-6 marker:text-accent">
        {block
          .slice(2)
          .split(' ')
          .map(key => (
            <li key={key}>
              <Written text={t(key)} />
            </li>
          ))}
      </ul>
    )
  return (
    <p>
      <Written text={t(block)} />
    </p>
  )
}

function Next({ guide }: { guide: Guide }) {
  const t = useGuideTexts(guide)
  const common = useTranslations('guides')
  return (
    <p className="mt-12 border-t border-line pt-6">
      <span className="text-sm text-muted">{common('next')}</span>
      <br />
      <Link
        to={`/guides/${guide.slug}`}
        className="text-lg font-semibold text-accent-ink underline-offset-4 hover:underline"
      >
        {t('title')}
      </Link>
    </p>
  )
}
