/** A browser without a screen: cookies by host, redirects, forms. */

type Page = { url: URL; status: number; headers: Headers; text: string }

export type Visitor = ReturnType<typeof createVisitor>

export function createVisitor() {
  // By host and port, so that stand-ins and Azora are as far apart as in life.
  const jars = new Map<string, Map<string, string>>()
  const jarOf = ({ host }: URL) => {
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }

  /** Take a cookie as a server sets it. */
  function take(address: string | URL, text: string): void {
    const jar = jarOf(new URL(address))
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
    if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(text)) jar.delete(name)
    else jar.set(name, value)
  }

  async function ask(
    address: string | URL,
    init: RequestInit & { withoutCookies?: boolean } = {},
  ): Promise<Page> {
    const url = new URL(address)
    const jar = jarOf(url)
    const headers = new Headers(init.headers)
    if (!init.withoutCookies && jar.size > 0)
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const text of answer.headers.getSetCookie()) take(url, text)
    return { url, status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  /** Follow redirects until there is a page, or an address that `halt` knows. */
  async function follow(page: Page, halt: (url: URL) => boolean = () => false): Promise<Page> {
    let at = page
    for (let steps = 0; at.status >= 300 && at.status < 400; steps += 1) {
      if (steps > 20) throw new Error(`Sent in circles: ${at.url}`)
      const to = new URL(at.headers.get('location') ?? '', at.url)
      if (halt(to)) return { ...at, url: to }
      at = await ask(to)
    }
    return at
  }

  const field = (tag: string, name: string) =>
    unescapeHtml(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

  return {
    ask,
    take,
    cookie: (address: string, name: string) => jarOf(new URL(address)).get(name),
    forget: (address: string, name: string) => jarOf(new URL(address)).delete(name),
    async open(address: string | URL, halt?: (url: URL) => boolean) {
      return follow(await ask(address), halt)
    },
    /** Post the form of a page; between sites as browsers do it, without SameSite=Lax cookies. */
    async submit(
      page: Page,
      pressed: Record<string, string> = {},
      halt?: (url: URL) => boolean,
    ): Promise<Page> {
      const form = /<form[^>]*>/.exec(page.text)?.[0] ?? ''
      const fields = [...page.text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(
        ([tag]) => [field(tag, 'name'), field(tag, 'value')] as [string, string],
      )
      const to = new URL(field(form, 'action'), page.url)
      const body = new URLSearchParams([...fields, ...Object.entries(pressed)])
      const withoutCookies = to.host !== page.url.host
      return follow(await ask(to, { method: 'POST', body, withoutCookies }), halt)
    },
  }
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Sign in at a stand-in as someone, through whichever of its pages come, until it sends the browser away. */
export async function proveOutside(
  visitor: Visitor,
  page: Page,
  personId: string,
  halt?: (url: URL) => boolean,
): Promise<Page> {
  const outside = page.url.host
  let at = page
  while (at.url.host === outside && at.text.includes('<form')) {
    const asks = at.text.includes('name="account"') && !at.text.includes('name="allow"')
    const pressed: Record<string, string> = asks
      ? { account: personId }
      : at.text.includes('name="allow"')
        ? { allow: 'yes' }
        : {}
    at = await visitor.submit(at, pressed, halt)
  }
  return at
}
