import { getTranslations } from '../../i18n/server.ts'
import { LevelMark } from './level-mark.tsx'
import type { Level } from './standards.ts'

/** What the marks of levels mean. */
export async function LevelLegend({ levels }: { levels: readonly Level[] }) {
  const t = await getTranslations('standards')
  return (
    <section aria-label={t('legend')}>
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted">
        {levels.map(({ id, from }) => (
          <li key={id}>
            <LevelMark levels={levels} levelId={id} /> {t('legendFrom', { percent: from })}
          </li>
        ))}
        <li>{t('judgedMark')}</li>
      </ul>
    </section>
  )
}
