/** Whether cleaned HTML shows nothing: no text, and no element that shows something without text. */
export function isEmptyHtml(html: string): boolean {
  if (/<(?:img|video|audio|iframe|math|svg|object|embed|picture|canvas|hr|table)\b/i.test(html)) return false
  return /^(?:\s|&nbsp;|&#160;|&#xa0;|\u200b|\ufeff)*$/i.test(html.replace(/<[^>]*>/g, ''))
}
