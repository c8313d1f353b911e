/** The letter by which a part is called: A, B, … Z, AA, AB, … */
export function letterOf(at: number): string {
  const rest = Math.floor(at / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (at % 26))
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The text of cleaned HTML, for places that show text alone; null where it is more, such as a picture or a formula. */
export function plainText(html: string): string | null {
  if (/<(?:img|math|svg|video|audio|table|iframe|figure)[\s>]/i.test(html)) return null
  return html
    .replace(/<\/(?:p|li|div)>|<br ?\/?>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,6})|(\w{2,6}));/g, (whole, code: string | undefined, name: string | undefined) =>
      code ? String.fromCodePoint(Number(code)) : (entities[name ?? ''] ?? whole),
    )
    .replace(/\s+/g, ' ')
    .trim()
}
