/** The languages that have a file of messages. The first serves anyone who asks for none of them. */
export const locales = ['en'] as const
export type Locale = (typeof locales)[number]

/** A person's choice of language, kept by the browser. */
export const localeCookie = 'azora_locale'

const rightToLeft = ['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']

/** The direction in which a language is written. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'
}

/** The first language that is both wanted and there. `wanted` is an Accept-Language header (RFC 9110, 12.5.4). */
export function chooseLocale(wanted: string): Locale {
  const ranked = wanted
    .split(',')
    .map(part => {
      const [tag = '', quality] = part
        .trim()
        .toLowerCase()
        .split(/;\s*q=/)
      return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of ranked) {
    const found = locales.find(locale => locale === language)
    if (found) return found
  }
  return locales[0]
}
