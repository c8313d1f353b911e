/**
 * HTML for costly data: a button that names each picture stands in its place, with the picture in a template, of which a
 * browser fetches nothing; films and sounds wait for their button, and a place beside them is for their size. `html`
 * comes from the service's sanitiser, which writes every tag in lower case and every value in double quotes.
 */
export function lightHtml(
  html: string,
  picture: string,
  isShown: (address: string) => boolean = () => false,
): string {
  return html
    .replace(pictures, (tag: string) => {
      const source = attributeOf(tag, 'src')
      if (!source || source.startsWith('data:') || isShown(source)) return tag
      return button(picture, attributeOf(tag, 'alt') ?? '', source, `<template>${tag}</template>`)
    })
    .replace(players, (whole: string, kind: string) => {
      const [start = ''] = /^<(?:[^>"]|"[^"]*")*>/.exec(whole) ?? []
      const quiet = start
        .replace(/ (?:preload|poster|autoplay)(?:="[^"]*")?/g, '')
        .replace(/^<\w+/, '$& preload="none"')
      const source =
        attributeOf(start, 'src') ?? attributeOf(/<source\b(?:[^>"]|"[^"]*")*>/.exec(whole)?.[0] ?? '', 'src')
      return `${quiet}${whole.slice(start.length)}<span class="light-size" data-kind="${kind}" data-file="${source ?? ''}"></span>`
    })
}

const pictures = /<img\b(?:[^>"]|"[^"]*")*>/g
const players = /<(video|audio)\b(?:[^>"]|"[^"]*")*>[\s\S]*?<\/\1>/g

const attributeOf = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

const button = (picture: string, alt: string, source: string, rest: string) =>
  `<button type="button" class="light-picture" data-file="${source}"><span>${escaped(picture)}<span data-bytes></span></span>` +
  `${alt ? `<span class="light-alt">${alt}</span>` : ''}${rest}</button>`

const escaped = (text: string) => text.replace(/[&"<>]/g, char => `&#${char.charCodeAt(0)};`)

const fileAddress = /\/api\/v1\/education\/files\/([0-9a-f-]{36})\//

/** The id of the file at an address, where it is one of this site. */
export const fileIdOf = (address: string): string | undefined => fileAddress.exec(address)?.[1]

/** The addresses of pictures anywhere in a text, also within JSON. */
export const pictureAddresses = (text: string): string[] => [
  ...new Set(
    text.match(/\/api\/v1\/education\/files\/[0-9a-f-]{36}\/[\w%.~-]+\.(?:png|jpe?g|gif|webp|avif|svg)/gi),
  ),
]
