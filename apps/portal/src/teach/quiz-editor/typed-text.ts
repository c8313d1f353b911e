/** Texts of a question as an author types them, and the HTML that they stand for. */

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&(?:apos|#39);/g, "'")
    .replace(/&nbsp;|&#xa0;|&#160;/gi, '\u00a0')
    .replace(/&amp;/g, '&')

const beginsAsHtml = (text: string) => /^\s*<[a-z]/i.test(text)

/**
 * Stored HTML as an author edits it: plain text where the HTML is nothing but paragraphs and line breaks, and the
 * HTML itself otherwise, so that no formula or picture of an imported question is lost.
 */
export function typedText(html: string): string {
  const bare = html.trim()
  const paragraphs = bare.match(/^(?:<p>(?:[^<]|<br ?\/?>)*<\/p>\s*)+$/i)
    ? [...bare.matchAll(/<p>((?:[^<]|<br ?\/?>)*)<\/p>/gi)].map(([, inside = '']) => inside)
    : /^(?:[^<]|<br ?\/?>)*$/i.test(bare)
      ? [bare]
      : null
  if (!paragraphs) return bare
  const text = paragraphs.map(inside => unescaped(inside.replace(/\s*<br ?\/?>\s*/gi, '\n'))).join('\n\n')
  // Text that would be read back as HTML stays HTML.
  return beginsAsHtml(text) ? bare : text
}

/** What an author typed as HTML: taken as it is when it begins with a tag, else its paragraphs. */
export function htmlOf(typed: string): string {
  const text = typed.trim()
  if (!text || beginsAsHtml(text)) return text
  return text
    .split(/\n\s*\n/)
    .map(paragraph => `<p>${escaped(paragraph.trim()).replace(/\n/g, '<br>')}</p>`)
    .join('')
}

/** As `htmlOf` for an answer, which stands within a line: a single paragraph needs no element. */
export function inlineHtmlOf(typed: string): string {
  const html = htmlOf(typed)
  return html.match(/^<p>((?:(?!<p>)[\s\S])*)<\/p>$/)?.[1] ?? html
}
