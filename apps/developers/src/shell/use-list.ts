import { usePage } from '@azora/web/calls/use-page.ts'

/** A list that the API gives whole. */
export const useList = <Item>(load: (signal: AbortSignal) => Promise<{ items: Item[] }>) =>
  usePage('all', async (_cursor, signal) => ({ items: (await load(signal)).items, nextCursor: null }))
