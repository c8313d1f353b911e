import { LinkButton } from '@azora/ui/link-button.tsx'

type MoreLinkProps = { cursor: string | null; address: (cursor: string) => string; label: string }

/** Leads to the next page of a list, where there is one. */
export function MoreLink({ cursor, address, label }: MoreLinkProps) {
  if (!cursor) return null
  return (
    <p className="mt-6 text-center">
      <LinkButton href={address(encodeURIComponent(cursor))} variant="secondary">
        {label}
      </LinkButton>
    </p>
  )
}
