/**
 * The place of ours that someone wants to return to; anything that a browser might take for another site becomes
 * `otherwise`. The address is read as browsers read it (WHATWG URL), and what came out is looked at, since dots and
 * backslashes can turn a harmless path into `//elsewhere`.
 * @returns a path with its query and fragment, beginning with one slash.
 */
export function safeNext(text: string | undefined, publicUrl: string, otherwise: string): string {
  // Also what is only a separator once someone on the way decodes it.
  if (!text || !/^\/(?!%2f|%5c)/i.test(text) || /[\\\p{Cc}]/u.test(text)) return otherwise
  if (!URL.canParse(text, publicUrl)) return otherwise
  const { origin, pathname, search, hash } = new URL(text, publicUrl)
  if (origin !== new URL(publicUrl).origin || /^\/(?:\/|%2f|%5c)/i.test(pathname)) return otherwise
  return `${pathname}${search}${hash}`
}
