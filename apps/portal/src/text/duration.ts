import type { Translator } from '../i18n/translator.ts'

/** A length of time in words: '45 minutes', '3 h 20 min'. */
export function durationText(t: Translator<'common'>, minutes: number): string {
  if (minutes < 60) return t('minutes', { count: minutes })
  return t('hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
