/**
 * What other sites a lesson may show within its page. A lesson stores nothing but a link to the page of the thing,
 * `<a class="embed" href="…">Title</a>`: it works offline, in print and without a script. Where it is shown, a
 * learner sees the provider's name first, and nothing is fetched until they press it. The page's policy
 * (`frame-src`) allows exactly these origins.
 */

type Provider = {
  name: string
  /** The origin of the frame. */
  origin: string
  /** The address of the page of a thing and of its frame, or null when the address is none of this provider's. */
  read(url: URL): { page: string; frame: string } | null
}

const hostOf = (url: URL) => url.hostname.replace(/^(?:www|m)\./, '')

const youtubeId = (url: URL): string | undefined => {
  const host = hostOf(url)
  const named =
    host === 'youtu.be'
      ? /^\/([\w-]{5,20})$/.exec(url.pathname)?.[1]
      : host === 'youtube.com' || host === 'youtube-nocookie.com'
        ? (/^\/(?:embed|shorts|live)\/([\w-]{5,20})$/.exec(url.pathname)?.[1] ??
          (url.pathname === '/watch' ? url.searchParams.get('v') : null))
        : null
  return named && /^[\w-]{5,20}$/.test(named) ? named : undefined
}

const providers: Provider[] = [
  {
    name: 'YouTube',
    origin: 'https://www.youtube-nocookie.com',
    read(url) {
      const id = youtubeId(url)
      return id
        ? {
            page: `https://www.youtube.com/watch?v=${id}`,
            frame: `https://www.youtube-nocookie.com/embed/${id}`,
          }
        : null
    },
  },
  {
    name: 'Vimeo',
    origin: 'https://player.vimeo.com',
    read(url) {
      const host = hostOf(url)
      const id =
        host === 'player.vimeo.com'
          ? /^\/video\/(\d{1,14})$/.exec(url.pathname)?.[1]
          : host === 'vimeo.com'
            ? /^\/(\d{1,14})$/.exec(url.pathname)?.[1]
            : null
      return id
        ? { page: `https://vimeo.com/${id}`, frame: `https://player.vimeo.com/video/${id}?dnt=1` }
        : null
    },
  },
  {
    name: 'Wikimedia Commons',
    origin: 'https://commons.wikimedia.org',
    read(url) {
      const file =
        hostOf(url) === 'commons.wikimedia.org' ? /^\/wiki\/File:[^/]+$/.exec(url.pathname)?.[0] : null
      const page = `https://commons.wikimedia.org${file}`
      return file ? { page, frame: `${page}?embedplayer=yes` } : null
    },
  },
  {
    name: 'PhET',
    origin: 'https://phet.colorado.edu',
    read(url) {
      const path =
        hostOf(url) === 'phet.colorado.edu'
          ? /^\/sims\/html\/[\w-]+\/[\w.-]+\/[\w-]+\.html$/.exec(url.pathname)?.[0]
          : null
      const page = `https://phet.colorado.edu${path}`
      return path ? { page, frame: page } : null
    },
  },
  {
    name: 'GeoGebra',
    origin: 'https://www.geogebra.org',
    read(url) {
      const id =
        hostOf(url) === 'geogebra.org'
          ? /^\/(?:m|material\/iframe\/id|material\/show\/id)\/(\w{4,20})(?:\/|$)/.exec(url.pathname)?.[1]
          : null
      return id
        ? {
            page: `https://www.geogebra.org/m/${id}`,
            frame: `https://www.geogebra.org/material/iframe/id/${id}`,
          }
        : null
    },
  },
]

/** The origins that a page may frame. */
export const embedOrigins: string[] = providers.map(({ origin }) => origin)

/** The names of the providers, for people. */
export const embedNames: string[] = providers.map(({ name }) => name)

export type Embed = { provider: string; page: string; frame: string }

/** What an address of a page or of a player shows; null when it may not be embedded. Never throws. */
export function embedOf(address: string): Embed | null {
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.port || url.username) return null
  for (const { name, read } of providers) {
    const found = read(url)
    if (found) return { provider: name, ...found }
  }
  return null
}
