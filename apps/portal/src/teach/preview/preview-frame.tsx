import { Icon } from '@azora/ui/icon.tsx'
import type { ReactNode } from 'react'
import { getTranslations } from '../../i18n/server.ts'

type PreviewFrameProps = {
  /** The places in the editor where what is seen is made; the first is the one that one came from. */
  places: { label: string; href: string }[]
  children: ReactNode
}

/**
 * A learner's page as its teacher sees it, below a bar that says so and leads back. The bar stays in sight; `--bar`
 * tells what else sticks to the top that it is there.
 */
export async function PreviewFrame({ places, children }: PreviewFrameProps) {
  const t = await getTranslations('preview')
  return (
    <div className="[--bar:3.25rem]">
      <section
        aria-label={t('title')}
        className="sticky top-16 z-30 border-b border-info/30 bg-info-soft text-info-ink"
      >
        <div className="page-width flex h-[3.25rem] items-center gap-x-4">
          <Icon name="eye" />
          <p className="min-w-0 flex-1 truncate">
            <strong>{t('title')}</strong>
            <span className="ms-3 max-md:hidden">{t('text')}</span>
          </p>
          {places.map(({ label, href }, index) => (
            <a
              key={href}
              href={href}
              className={`flex min-h-11 shrink-0 items-center gap-2 font-semibold underline underline-offset-4 ${index > 0 ? 'max-sm:hidden' : ''}`}
            >
              <Icon name="edit" className="size-4!" />
              {label}
            </a>
          ))}
        </div>
      </section>
      {children}
    </div>
  )
}
