// The languages most often taught in; a course keeps any other that it came with.
const offered = [
  'en', 'af', 'am', 'ar', 'bn', 'de', 'es', 'fr', 'ha', 'hi', 'id', 'ig', 'it', 'ja', 'ko', 'nl', 'nr', 'nso', 'pl',
  'pt', 'ru', 'rw', 'sn', 'so', 'ss', 'st', 'sw', 'tn', 'tr', 'ts', 'uk', 'ur', 've', 'vi', 'xh', 'yo', 'zh', 'zu',
] // biome-ignore format: a word list reads better in rows

/** The languages a course can be in, by their names in `locale`; `current` is offered whatever it is. */
export function languageOptions(locale: string, current: string): { id: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' })
  const label = (tag: string) => {
    try {
      return names.of(tag) ?? tag
    } catch {
      // An imported course may carry a language that is no tag at all; it is shown as it is.
      return tag
    }
  }
  return [...new Set([...offered, current])]
    .map(tag => ({ id: tag, label: label(tag) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale))
}
