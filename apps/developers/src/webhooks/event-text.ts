import type messages from '../../messages/en.json'
import { useTranslations } from '../messages.ts'

type Known = keyof (typeof messages)['events']

/** What an event tells, in a sentence; empty for one that this release has no words for. */
export function useEventText(): (name: string) => string {
  const t = useTranslations('events')
  return name => {
    const text = t(name as Known)
    return text === name ? '' : text
  }
}
