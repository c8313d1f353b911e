'use client'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { themeCookie } from './theme.ts'

const themes = ['auto', 'light', 'dark'] as const
const oneYearSeconds = 31_536_000

/** Light, dark, or as the device says; kept in a cookie for a year. */
export function ThemePicker() {
  const t = useTranslations('shell')
  const [theme, setTheme] = useState('auto')
  useEffect(() => setTheme(document.documentElement.dataset.theme ?? 'auto'), [])
  const choose = (chosen: string) => {
    setTheme(chosen)
    if (chosen === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
    const life = chosen === 'auto' ? 0 : oneYearSeconds
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `${themeCookie}=${chosen}; Path=/; Max-Age=${life}; SameSite=Lax`
  }
  return (
    <label className="flex items-center gap-2">
      {t('theme')}
      <select
        value={theme}
        onChange={event => choose(event.target.value)}
        className="min-h-9 rounded-control border border-edge/70 bg-surface px-2 text-ink"
      >
        {themes.map(name => (
          <option key={name} value={name}>
            {t(`theme_${name}`)}
          </option>
        ))}
      </select>
    </label>
  )
}
