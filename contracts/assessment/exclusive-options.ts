/**
 * What is chosen of a multiple choice, without what contradicts itself: an exclusive option, such as none of these,
 * stands alone. What was chosen last holds, as it does in the field.
 * @param chosen in the order in which it was chosen
 */
export function withoutContradiction(
  options: { id: string; exclusive?: boolean | undefined }[],
  chosen: string[],
): string[] {
  const last = chosen.at(-1)
  const alone = new Set(options.filter(({ exclusive }) => exclusive).map(({ id }) => id))
  if (last === undefined || alone.size === 0) return chosen
  return alone.has(last) ? [last] : chosen.filter(id => !alone.has(id))
}
