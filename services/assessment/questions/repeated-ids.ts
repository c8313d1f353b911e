/** Whether two parts have one id, so that an answer would mean both. */
export const hasRepeatedId = (parts: { id: string }[]) =>
  new Set(parts.map(({ id }) => id)).size < parts.length
