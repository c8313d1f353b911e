import { may } from '@azora/contracts/permissions.ts'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Disclosure } from '@azora/ui/disclosure.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Mark } from '@azora/web/shell/mark.tsx'
import { getTranslations } from '../i18n/server.ts'
import { DataSwitch } from '../less-data/data-switch.tsx'
import { currentAccount, currentSchool } from '../lib/session.server.ts'
import { AccountMenu, menuItemStyle } from './account-menu.tsx'
import { KnownAccount } from './known-account.tsx'
import { SignOut } from './sign-out.tsx'
import { SwitchSchool } from './switch-school.tsx'

const linkStyle =
  'rounded-control px-3 py-2.5 font-medium text-muted no-underline hover:bg-sunken hover:text-ink'

/** Any of these opens a part of the administration. */
const adminPermissions = ['people.read', 'operations.read', 'installation.manage'] as const

/** The head of every page: the school, the search, where one may go, and the account. */
export async function Header() {
  const [account, t] = await Promise.all([currentAccount(), getTranslations('shell')])
  const school = account?.organization ?? (await currentSchool())
  const links = [
    { href: '/courses', label: t('catalogue') },
    ...(account ? [{ href: '/learn', label: t('learning') }] : []),
    ...(account && may(account, 'course.author') ? [{ href: '/teach', label: t('teaching') }] : []),
    ...(account && adminPermissions.some(permission => may(account, permission))
      ? [{ href: '/admin', label: t('administration') }]
      : []),
  ]
  const others = (account?.memberships ?? [])
    .map(({ organization }) => organization)
    .filter(({ id }) => id !== account?.organization.id)
  return (
    <header className="print-hidden sticky top-0 z-30 border-b border-line bg-ground/92 backdrop-blur-sm">
      <div className="page-width flex min-h-16 items-center gap-2 sm:gap-4">
        <a
          href="/"
          aria-label={t('home', { school: school.name })}
          className="flex min-w-0 items-center gap-2.5 py-2 text-lg font-bold no-underline"
        >
          <Mark />
          <span className="truncate">{school.name}</span>
        </a>
        <nav aria-label={t('navigation')} className="ms-2 hidden items-center gap-1 lg:flex">
          {links.map(link => (
            <a key={link.href} href={link.href} className={linkStyle}>
              {link.label}
            </a>
          ))}
        </nav>
        <search className="relative ms-auto hidden md:block" aria-label={t('search')}>
          <form action="/courses">
            <Icon name="search" className="absolute start-3 top-3 text-muted" />
            <input
              type="search"
              name="q"
              aria-label={t('search')}
              placeholder={t('search')}
              className="min-h-11 w-44 rounded-full border border-edge/70 bg-surface ps-10 pe-4 placeholder:text-muted xl:w-60"
            />
          </form>
        </search>
        <div className="ms-auto flex items-center gap-2 md:ms-0">
          {account ? (
            <AccountMenu
              label={t('account', { name: account.name })}
              name={account.name}
              note={account.email}
              pages={t('accountPages')}
              links={[
                { href: '/learn', icon: 'book', label: t('learning') },
                { href: '/certificates', icon: 'award', label: t('certificates') },
                { href: '/account', icon: 'sliders', label: t('ownAccount') },
              ]}
            >
              {others.length > 0 && !account.impersonatedBy ? (
                <div className="my-2 border-y border-line py-2">
                  <SwitchSchool schools={others} className={`${menuItemStyle} w-full text-start`} />
                </div>
              ) : null}
              <DataSwitch className={`${menuItemStyle} w-full text-start`} />
              <SignOut className={`${menuItemStyle} w-full text-start`} />
            </AccountMenu>
          ) : (
            <KnownAccount>
              <LinkButton href="/signin" variant="quiet" className="whitespace-nowrap max-sm:px-2.5">
                {t('signIn')}
              </LinkButton>
              <LinkButton href="/signup" className="whitespace-nowrap max-sm:hidden">
                {t('signUp')}
              </LinkButton>
            </KnownAccount>
          )}
          <div className="lg:hidden">
            <Disclosure
              label={t('menu')}
              summary={<Icon name="menu" />}
              summaryClassName={buttonStyle({ variant: 'secondary', className: 'size-11 px-0!' })}
            >
              <search aria-label={t('search')} className="mb-2 md:hidden">
                <form action="/courses">
                  <input
                    type="search"
                    name="q"
                    aria-label={t('search')}
                    placeholder={t('search')}
                    className="min-h-11 w-full rounded-control border border-edge/70 bg-ground px-3.5 placeholder:text-muted"
                  />
                </form>
              </search>
              <nav aria-label={t('menu')} className="flex flex-col">
                {links.map(link => (
                  <a key={link.href} href={link.href} className={menuItemStyle}>
                    {link.label}
                  </a>
                ))}
                {account ? null : (
                  <a href="/signup" className={`${menuItemStyle} sm:hidden`}>
                    {t('signUp')}
                  </a>
                )}
              </nav>
            </Disclosure>
          </div>
        </div>
      </div>
    </header>
  )
}
