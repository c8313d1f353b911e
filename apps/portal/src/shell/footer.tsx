import { getTranslations } from '../i18n/server.ts'
import { ThemePicker } from './theme-picker.tsx'

/** The foot of every page. */
export async function Footer() {
  const t = await getTranslations('shell')
  return (
    <footer className="print-hidden border-t border-line bg-sunken/40">
      <div className="page-width flex flex-col gap-4 py-8 text-sm text-muted sm:flex-row sm:items-center sm:justify-between">
        <p>{t('footer')}</p>
        <nav aria-label={t('footerLinks')} className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <a href="/verify" className="py-2 underline-offset-4 hover:text-ink hover:underline">
            {t('verify')}
          </a>
          <a href="/developers" className="py-2 underline-offset-4 hover:text-ink hover:underline">
            {t('developers')}
          </a>
          <ThemePicker />
        </nav>
      </div>
    </footer>
  )
}
