import { embedOf } from '@azora/contracts/embeds.ts'
import hljs from 'highlight.js/lib/common'
import { lightHtml } from '../less-data/light-html.ts'
import { readableHtml } from '../text/readable-html.ts'

/**
 * The text of a lesson as a learner reads it: tables and code within reach of the keyboard, code coloured by its
 * language, and what other sites show as a poster that loads nothing. All of it is made on the server, so that none
 * of it costs a learner a script. `lightPicture` names pictures that are fetched when touched, where data is costly. `html` comes from the service's sanitiser.
 */
export function lessonHtml(
  html: string,
  texts: { table: string; embed: (provider: string) => string; lightPicture?: string | undefined },
): string {
  const { table, embed, lightPicture } = texts
  const light = lightPicture === undefined ? html : lightHtml(html, lightPicture)
  return withEmbeds(withColours(readableHtml(light, table)), embed)
}

// Colouring costs about half a microsecond for each character; nobody reads more code than this for its colours.
const colouredLength = 40_000

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const decoded = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '')
const escaped = (text: string) => text.replace(/[&"<>]/g, char => `&#${char.charCodeAt(0)};`)

function withColours(html: string): string {
  let left = colouredLength
  return html.replace(
    /<code class="language-([\w+#-]{1,30})">([^<]*)<\/code><\/pre>/g,
    (whole, language: string, code: string) => {
      if (code.length > left || !hljs.getLanguage(language)) return whole
      left -= code.length
      const { value } = hljs.highlight(decoded(code), { language, ignoreIllegals: true })
      return `<code class="language-${language}">${value}</code></pre>`
    },
  )
}

function withEmbeds(html: string, label: (provider: string) => string): string {
  return html.replace(/<a ([^<>]*)>([^<]*)<\/a>/g, (whole, attributes: string, title: string) => {
    if (!/(?:^| )class="(?:[^"]* )?embed(?: [^"]*)?"/.test(attributes)) return whole
    const href = /(?:^| )href="([^"]*)"/.exec(attributes)?.[1]
    const embed = href ? embedOf(decoded(href)) : null
    if (!embed) return whole
    return (
      `<a class="embed" href="${escaped(embed.page)}" data-frame="${escaped(embed.frame)}" rel="noopener">` +
      `<span class="embed-title">${title}</span>` +
      `<span class="embed-provider">${escaped(label(embed.provider))}</span></a>`
    )
  })
}
