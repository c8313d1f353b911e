import { Icon } from './icon.tsx'

export type BreadcrumbItem = { label: string; href?: string }

type BreadcrumbsProps = { label: string; items: BreadcrumbItem[] }

/** The way from the top to this page; the last item is the page itself. */
export function Breadcrumbs({ label, items }: BreadcrumbsProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-muted">
        {items.map((item, index) => (
          <li key={item.label} className="flex min-w-0 items-center gap-1.5">
            {index > 0 ? <Icon name="forward" className="size-3.5!" /> : null}
            {item.href ? (
              <a href={item.href} className="py-1 underline-offset-4 hover:text-ink hover:underline">
                {item.label}
              </a>
            ) : (
              <span aria-current="page" className="text-ink">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
