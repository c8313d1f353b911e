'use client'
import { Disclosure } from '@azora/ui/disclosure.tsx'
import { Drawer } from '@azora/ui/drawer.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { type ReactNode, useEffect, useRef } from 'react'
import { NavLink, useBlocker, useLocation } from 'react-router'
import type { Call } from '../calls/caller.ts'
import { dirtyGuard } from '../drafts/leave-guard.ts'
import { useOwnTranslations } from '../i18n/own-messages.ts'
import { ImpersonationBanner } from '../session/impersonation-banner.tsx'
import { signInAddress, useOptionalAccount, useSchoolName } from '../session/signed-in.tsx'
import { AccountMenu } from './account-menu.tsx'
import { initials } from './initials.ts'
import { Mark } from './mark.tsx'

/** A place in the side navigation; `path` is below the application's own. */
export type Section = { path: string; label: string; icon: IconName }

type AppShellProps = {
  call: Call<'auth.logout' | 'auth.endImpersonation'>
  /** What this application is called. */
  title: string
  sections: Section[]
  children: ReactNode
}

/** The frame of an application: the sections at the side (in a drawer on small screens), the school, the account. */
export function AppShell({ call, title, sections, children }: AppShellProps) {
  const t = useOwnTranslations('frame')
  const common = useOwnTranslations('common')
  const account = useOptionalAccount()
  const school = useSchoolName()
  const content = useFocusOnArrival()
  useAskBeforeLeaving()
  const navigation = <Navigation label={t('sections')} sections={sections} />
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only rounded-control bg-accent px-4 py-3 text-on-accent focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50"
      >
        {t('skip')}
      </a>
      <header className="print-hidden sticky top-0 z-30 border-b border-line bg-ground/92 backdrop-blur-sm">
        <div className="flex min-h-16 items-center gap-3 px-4 sm:px-6">
          <div className="lg:hidden">
            <Drawer
              trigger={
                <>
                  <Icon name="menu" />
                  <span className="sr-only">{t('menu')}</span>
                </>
              }
              triggerClassName="grid size-11 place-items-center rounded-control border border-edge/60 bg-surface"
              title={title}
              closeLabel={common('close')}
            >
              {navigation}
            </Drawer>
          </div>
          <a href="/" className="flex min-w-0 items-center gap-2.5 py-2 no-underline">
            <Mark />
            <span className="flex min-w-0 flex-col leading-tight">
              <span className="truncate font-bold">{school}</span>
              <span className="truncate text-sm text-muted">{title}</span>
            </span>
          </a>
          <div className="ms-auto flex items-center gap-2">
            <a
              href="/"
              className="hidden items-center gap-2 rounded-control px-3 py-2.5 font-medium text-muted no-underline hover:bg-sunken hover:text-ink md:flex"
            >
              <Icon name="back" />
              {t('toSchool', { school })}
            </a>
            {account ? (
              <Disclosure
                label={t('account', { name: account.name })}
                summary={
                  <span
                    aria-hidden="true"
                    data-initials={initials(account.name)}
                    className="grid size-11 place-items-center rounded-full bg-accent-soft font-bold text-accent-ink before:content-[attr(data-initials)]"
                  />
                }
                summaryClassName="rounded-full"
              >
                <AccountMenu call={call} />
              </Disclosure>
            ) : (
              <LinkButton href={signInAddress()} className="whitespace-nowrap">
                {t('signIn')}
              </LinkButton>
            )}
          </div>
        </div>
      </header>
      <div className="flex flex-1">
        <aside className="print-hidden sticky top-16 hidden h-[calc(100dvh-4rem)] w-64 shrink-0 overflow-y-auto border-e border-line p-4 lg:block">
          {navigation}
        </aside>
        <main
          ref={content}
          id="content"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 pb-16 outline-none sm:px-8"
        >
          <div className="mx-auto max-w-6xl">{children}</div>
        </main>
      </div>
      {account?.impersonatedBy ? (
        <ImpersonationBanner call={call} name={account.name} admin={account.impersonatedBy.name} />
      ) : null}
    </div>
  )
}

function Navigation({ label, sections }: { label: string; sections: Section[] }) {
  return (
    <nav aria-label={label} className="flex flex-col gap-1">
      {sections.map(section => (
        <NavLink
          key={section.path}
          to={section.path}
          end={section.path === '/'}
          onClick={event => event.currentTarget.closest('dialog')?.close()}
          className="flex min-h-11 items-center gap-3 rounded-control px-3 font-medium text-muted no-underline hover:bg-sunken hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-ink"
        >
          <Icon name={section.icon} />
          {section.label}
        </NavLink>
      ))}
    </nav>
  )
}

/** Moves the focus to the content when another page was chosen, as a browser does with a new document. */
function useFocusOnArrival() {
  const content = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const first = useRef(pathname)
  useEffect(() => {
    if (first.current === pathname) return
    first.current = ''
    window.scrollTo(0, 0)
    content.current?.focus({ preventScroll: true })
  }, [pathname])
  return content
}

/** Asks about unsaved changes when the browser's buttons lead elsewhere within the application. */
function useAskBeforeLeaving() {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && dirtyGuard() !== undefined,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    const guard = dirtyGuard()
    if (guard) guard.ask(blocker.proceed, blocker.reset)
    else blocker.proceed()
  }, [blocker])
}
