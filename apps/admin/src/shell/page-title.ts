import { sections } from '../sections.ts'

/** The section to which an address of the panel belongs. */
export const sectionAt = (pathname: string) =>
  sections.find(({ path }) => (path === '/' ? pathname === '/' : pathname.startsWith(path)))

/** The title of the document: what the page shows first, so that tabs can be told apart. */
export const titleOf = (page: string | null, panel: string) => (page ? `${page} · ${panel}` : panel)
