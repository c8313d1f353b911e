/** A comment with another below it; null where that is longer than a comment may be. */
export function withComment(comment: string, added: string, most: number): string | null {
  const both = comment.trim() === '' ? added : `${comment.trimEnd()}\n${added}`
  return both.length > most ? null : both
}

/** Those that hold what is looked for, in any case of its letters. */
export function matching<C extends { text: string }>(comments: C[], wanted: string): C[] {
  const words = wanted.trim().toLocaleLowerCase()
  return comments.filter(({ text }) => text.toLocaleLowerCase().includes(words))
}
