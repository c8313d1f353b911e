export type Addressee = { email: string; name?: string }

const isAddress = (text: string) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)

/**
 * The addresses in what someone pasted: one a line, or apart by commas, semicolons or spaces, alone or as letters
 * programs write them (`Sipho Ndlovu <sipho@school.example>`). Each stands once; `unread` is what is none.
 */
export function readAddresses(text: string): { found: Addressee[]; unread: string[] } {
  const found = new Map<string, Addressee>()
  const unread: string[] = []
  const add = (email: string, name?: string) => {
    const key = email.toLowerCase()
    if (!isAddress(email)) unread.push(email)
    else if (!found.has(key)) found.set(key, { email: key, ...(name ? { name } : {}) })
  }
  for (const part of text.split(/[\n,;]+/)) {
    const named = part.match(/^\s*"?([^"<]*?)"?\s*<([^<>]*)>\s*$/)
    if (named) add((named[2] ?? '').trim(), (named[1] ?? '').trim().slice(0, 120))
    else for (const word of part.split(/\s+/)) if (word) add(word)
  }
  return { found: [...found.values()], unread }
}
