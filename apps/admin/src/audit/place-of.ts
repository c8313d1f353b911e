import { type Holder, may } from '@azora/contracts/permissions.ts'
import type { Entry } from './audit-entry.ts'

/** Within the panel (`to`) or in another app (`href`). */
type Place = { to: string } | { href: string }

/**
 * Where the subject of an entry can be seen; null when it was deleted, has no page, or its page is closed to the
 * reader: a name is then only a name. Sessions and API keys are found with the person they belong to.
 */
export function placeOf(
  entry: Pick<Entry, 'action' | 'actor' | 'subject' | 'details'>,
  reader: Holder & { id: string },
): Place | null {
  const { action, actor, subject, details } = entry
  if (!subject || subject.deleted || action.endsWith('.deleted') || action === 'person.erased') return null
  switch (subject.kind) {
    case 'person':
    case 'user':
      return subject.name === null ? null : { to: `/people/${subject.id}` }
    case 'session':
    case 'api_key':
      if (actor.kind !== 'person' || actor.id === null || actor.name === null) return null
      if (actor.id !== reader.id) return { to: `/people/${actor.id}` }
      return { href: subject.kind === 'session' ? '/account/sessions' : '/developers/keys' }
    case 'invitation':
      return may(reader, 'people.support') ? { to: '/invitations' } : null
    case 'organization':
      return may(reader, 'organization.manage') ? { to: '/settings' } : null
    case 'course':
      return may(reader, 'course.manage_all') ? { href: `/teach/courses/${subject.id}` } : null
    case 'quiz':
      return typeof details.courseId === 'string' && may(reader, 'course.manage_all')
        ? { href: `/teach/courses/${details.courseId}` }
        : null
    case 'oauth_client':
      return may(reader, 'integrations.manage') ? { href: '/developers/clients' } : null
    case 'webhook':
      return may(reader, 'integrations.manage') ? { href: `/developers/webhooks/${subject.id}` } : null
    default:
      return null
  }
}
