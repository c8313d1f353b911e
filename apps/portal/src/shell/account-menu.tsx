import { Disclosure } from '@azora/ui/disclosure.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { initials } from '@azora/web/shell/initials.ts'
import type { ReactNode } from 'react'

export const menuItemStyle =
  'flex min-h-11 items-center gap-3 rounded-control px-3 no-underline hover:bg-sunken'

type AccountMenuProps = {
  /** What the button is called. */
  label: string
  name: string
  /** Shown below the name. */
  note: string
  /** What the list of pages is called. */
  pages: string
  links: { href: string; icon: IconName; label: string }[]
  /** Follows the links. */
  children?: ReactNode
}

/** The menu of the signed-in person behind their initials: from the server, or from what this device remembers. */
export function AccountMenu({ label, name, note, pages, links, children }: AccountMenuProps) {
  return (
    <Disclosure
      label={label}
      summary={
        <span
          aria-hidden="true"
          data-initials={initials(name)}
          className="grid size-11 place-items-center rounded-full bg-accent-soft font-bold text-accent-ink before:content-[attr(data-initials)]"
        />
      }
      summaryClassName="rounded-full"
    >
      <div className="border-b border-line px-3 pt-1 pb-3">
        <p className="truncate font-semibold">{name}</p>
        <p className="text-sm break-words text-muted">{note}</p>
      </div>
      <nav aria-label={pages} className="flex flex-col pt-2">
        {links.map(({ href, icon, label }) => (
          <a key={href} href={href} className={menuItemStyle}>
            <Icon name={icon} />
            {label}
          </a>
        ))}
        {children}
      </nav>
    </Disclosure>
  )
}
