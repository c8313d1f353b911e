/**
 * Makes cleaned HTML fit for small screens and keyboards: a table scrolls by itself within a box that can be
 * reached by keyboard and is called `tableLabel`, and so does preformatted text (WCAG 2.1.1, 1.4.10). `html` comes
 * from the service's sanitiser, which writes every tag in lower case and closes it.
 */
export function readableHtml(html: string, tableLabel: string): string {
  const label = tableLabel.replace(/[&"<]/g, char => `&#${char.charCodeAt(0)};`)
  return html
    .replace(
      /<table(?=[\s>])/g,
      `<div class="table-scroll" role="group" tabindex="0" aria-label="${label}"><table`,
    )
    .replaceAll('</table>', '</table></div>')
    .replace(/<pre(?=[\s>])/g, '<pre tabindex="0"')
}
