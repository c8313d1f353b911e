import { NotFound, PageFailure } from '@azora/web/shell/page-failure.tsx'
import { Placeholder } from '@azora/web/shell/placeholder.tsx'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { useTranslations } from './messages.ts'
import { sections } from './sections.ts'
import { Layout } from './shell/layout.tsx'

type Name = (typeof sections)[number]['name']

/** The sections that are made; each is loaded when it is opened. */
const pages: Partial<Record<Name, RouteObject['lazy']>> = {
  people: async () => ({ Component: (await import('./people/people-page.tsx')).PeoplePage }),
  courses: async () => ({ Component: (await import('./courses/courses-page.tsx')).CoursesPage }),
  events: async () => ({ Component: (await import('./events/events-page.tsx')).EventsPage }),
}

function ToCome({ name }: { name: Name }) {
  const t = useTranslations('admin')
  const section = sections.find(one => one.name === name)
  return <Placeholder section={{ path: '', icon: section?.icon ?? 'info', label: t(name) }} />
}

/** Every address of the panel, below `/admin`. */
export const router = createBrowserRouter(
  [
    {
      Component: Layout,
      HydrateFallback: () => null,
      children: [
        {
          ErrorBoundary: PageFailure,
          children: [
            ...sections.map(
              ({ name, path }): RouteObject => ({
                path,
                ...(pages[name] ? { lazy: pages[name] } : { element: <ToCome name={name} /> }),
              }),
            ),
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ],
  { basename: '/admin' },
)
