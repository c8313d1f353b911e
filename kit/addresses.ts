/**
 * The addresses of a part that runs several times, taken in turn. One that did not answer is left out for a while,
 * unless none is left: then hope is better than a refusal.
 */
export type Addresses = { next(): string | null; failed(url: string): void }

const leftOutMs = 3000

export function takeTurns(urls: readonly string[]): Addresses {
  const failedAt = new Map<string, number>()
  let turn = 0
  const isUp = (url: string) => Date.now() - (failedAt.get(url) ?? 0) > leftOutMs
  return {
    next() {
      if (urls.length < 2) return urls[0] ?? null
      for (let tried = 0; tried < urls.length; tried++) {
        const url = urls[turn++ % urls.length] as string
        if (isUp(url)) return url
      }
      return urls[turn++ % urls.length] as string
    },
    failed: url => void failedAt.set(url, Date.now()),
  }
}
