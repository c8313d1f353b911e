/** The ids of a course's files that a text shows or links. Also of texts within JSON: an address needs no escape there. */
export function filesIn(text: string): string[] {
  const found = text.matchAll(/education\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/gi)
  return [...new Set([...found].map(match => (match[1] as string).toLowerCase()))]
}
