/** The end of a day in the reader's time zone, as a point in time; undefined for what is no day. */
export function dayEnd(day: string | undefined): string | undefined {
  if (!day) return undefined
  const at = new Date(`${day}T23:59:59.999`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** Its beginning. */
export function dayBegin(day: string | undefined): string | undefined {
  if (!day) return undefined
  const at = new Date(`${day}T00:00:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
