/**
 * The addresses of a part that runs several times, taken in turn. One that did not answer comes last for a while: when
 * none is left, hope is better than a refusal.
 */
export type Addresses = {
  /** All of them, in the order in which they should be tried. */
  inTurn(): string[]
  failed(url: string): void
}

const leftOutMs = 3000

export function takeTurns(urls: readonly string[]): Addresses {
  const failedAt = new Map<string, number>()
  let turn = 0
  const isDown = (url: string) => Date.now() - (failedAt.get(url) ?? 0) <= leftOutMs
  return {
    inTurn() {
      const first = turn++ % Math.max(urls.length, 1)
      const order = [...urls.slice(first), ...urls.slice(0, first)]
      return order.toSorted((a, b) => Number(isDown(a)) - Number(isDown(b)))
    },
    failed: url => void failedAt.set(url, Date.now()),
  }
}
