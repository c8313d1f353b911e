'use client'
import { useEffect, useState } from 'react'
import { chooseTheme, shownTheme, themes } from '../theme.ts'

/** Light, dark, or as the device says; kept in a cookie for a year. */
export function ThemePicker({ t }: { t: (key: 'theme' | `theme_${(typeof themes)[number]}`) => string }) {
  const [theme, setTheme] = useState('auto')
  useEffect(() => setTheme(shownTheme()), [])
  const choose = (chosen: string) => {
    setTheme(chosen)
    chooseTheme(chosen)
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
