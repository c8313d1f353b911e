type Page<T> = { items: T[]; nextCursor: string | null }
type List = (input: never, options?: never) => Promise<Page<unknown>>
type InputOf<L extends List> = Omit<NonNullable<Parameters<L>[0]>, 'cursor'>
type ItemOf<L extends List> = Awaited<Awaited<ReturnType<L>>['items'][number]>

/**
 * The items of a list one by one, page after page: `for await (const person of pages(azora.auth.listPeople, {}))`.
 * The next page is asked for only when it is needed.
 */
export async function* pages<L extends List>(
  list: L,
  input: InputOf<L>,
  options?: Parameters<L>[1],
): AsyncGenerator<ItemOf<L>, void, undefined> {
  let cursor: string | undefined
  do {
    const asked = { ...input, ...(cursor === undefined ? {} : { cursor }) }
    const page = await list(asked as never, options as never)
    yield* page.items as ItemOf<L>[]
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
