import type { Redis } from 'ioredis'

/**
 * Until each connection has come so far. Not `once` of Node, which rejects at an `error`: a connection may tell of one
 * first, when it is lost and at each attempt to have it back.
 */
export const allAre = (connections: readonly Redis[], state: 'ready' | 'close'): Promise<unknown> =>
  Promise.all(connections.map(each => new Promise<void>(resolve => void each.once(state, () => resolve()))))
