/** A score as a person types it, with a decimal point or comma; null for nothing, undefined for what is none. */
export function typedScore(text: string): number | null | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  return /^\d{1,5}(\.\d{1,4})?$/.test(plain) ? Number(plain) : undefined
}
