/** Keeps a person's choice of light or dark; the pages read it before they are drawn, so that they never flash. */
export const themeCookie = 'azora_theme'

export const themes = ['auto', 'light', 'dark'] as const

const oneYearSeconds = 31_536_000

/** The theme that this page shows. */
export const shownTheme = () => document.documentElement.dataset.theme ?? 'auto'

/** Shows a theme from now on, in all applications; `auto` follows the device. */
export function chooseTheme(chosen: string): void {
  if (chosen === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
  const life = chosen === 'auto' ? 0 : oneYearSeconds
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${themeCookie}=${chosen}; Path=/; Max-Age=${life}; SameSite=Lax`
}
