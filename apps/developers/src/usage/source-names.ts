import { useAccount } from '@azora/web/session/signed-in.tsx'
import { useEffect, useState } from 'react'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'

type Source = { kind: 'person' | 'key' | 'client'; id: string }

/**
 * Names for those who call: one's own keys and, for who may see them, the clients of the school. Others' keys and
 * other people are told apart by the beginning of their id alone.
 */
export function useSourceNames(mayAll: boolean): (source: Source) => string {
  const t = useTranslations('usage')
  const account = useAccount()
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const add = ({ items }: { items: { id: string; name: string }[] }) =>
      setNames(before => new Map([...before, ...items.map(({ id, name }) => [id, name] as const)]))
    // Without names the list still says how much; it is not worth an error.
    const ignore = () => undefined
    call('auth.listApiKeys', {}, { signal }).then(add, ignore)
    if (mayAll) call('auth.listOauthClients', {}, { signal }).then(add, ignore)
    return () => leaving.abort()
  }, [mayAll])
  return ({ kind, id }) => {
    if (id === account.id) return t('yourSession')
    const name = names.get(id)
    return name ? t(`named_${kind}`, { name }) : t(`other_${kind}`, { id: id.slice(-6) })
  }
}
