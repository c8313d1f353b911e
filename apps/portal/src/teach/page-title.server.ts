import type { AzoraClient } from '@azora/contracts/client.ts'
import type { Metadata } from 'next'
import { api, unless } from '../lib/api.server.ts'

/**
 * The title of a page about a course, a lesson or a quiz: its own title, then what the page is for, so that two tabs
 * can be told apart. Without the right to see it, or without it, what the page is for alone.
 */
export async function titleFor(
  find: (client: AzoraClient) => Promise<{ title: string }>,
  purpose: string,
): Promise<Metadata> {
  const found = await unless(
    find(await api()),
    'not_found',
    'invalid_input',
    'forbidden',
    'unauthenticated',
    'session_expired',
    'marked_without_names',
  )
  return { title: found ? `${found.title} · ${purpose}` : purpose }
}
