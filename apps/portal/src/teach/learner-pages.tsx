import { LinkButton } from '@azora/ui/link-button.tsx'
import { MoreLink } from './more-link.tsx'

type LearnerPagesProps = {
  /** Of the page, without what is asked of it. */
  path: string
  groupId: string | undefined
  /** Where this page began; nothing for the first. */
  cursor: string | undefined
  nextCursor: string | null
  t: (key: 'first' | 'more') => string
}

/** Leads through the pages of the learners of a course, or of a group of them. */
export function LearnerPages({ path, groupId, cursor, nextCursor, t }: LearnerPagesProps) {
  const first = groupId ? `${path}?group=${groupId}` : path
  return (
    <>
      {cursor ? (
        <p className="text-center">
          <LinkButton href={first} variant="quiet">
            {t('first')}
          </LinkButton>
        </p>
      ) : null}
      <MoreLink
        cursor={nextCursor}
        address={next => `${first}${groupId ? '&' : '?'}cursor=${next}`}
        label={t('more')}
      />
    </>
  )
}
