import { NotFound, PageFailure } from '@azora/web/shell/page-failure.tsx'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { sections } from './sections.ts'
import { ForSignedIn } from './shell/for-signed-in.tsx'
import { Layout } from './shell/layout.tsx'

type Name = (typeof sections)[number]['name']
type Page = NonNullable<RouteObject['lazy']>

/** The page of each section, loaded when it is opened. */
const pages: Record<Name, Page> = {
  start: async () => ({ Component: (await import('./home/home-page.tsx')).HomePage }),
  guides: async () => ({ Component: (await import('./guides/guides-page.tsx')).GuidesPage }),
  reference: async () => ({ Component: (await import('./reference/reference-page.tsx')).ReferencePage }),
  keys: async () => ({ Component: (await import('./keys/keys-page.tsx')).KeysPage }),
  clients: async () => ({ Component: (await import('./clients/clients-page.tsx')).ClientsPage }),
  webhooks: async () => ({ Component: (await import('./webhooks/webhooks-page.tsx')).WebhooksPage }),
  usage: async () => ({ Component: (await import('./usage/usage-page.tsx')).UsagePage }),
  typescript: async () => ({ Component: (await import('./typescript/typescript-page.tsx')).TypescriptPage }),
}

const deeper: Record<string, Page> = {
  '/guides/:guide': async () => ({ Component: (await import('./guides/guide-page.tsx')).GuidePage }),
  '/reference/:version/:service/:operation': async () => ({
    Component: (await import('./reference/operation-page.tsx')).OperationPage,
  }),
  '/webhooks/:webhookId': async () => ({
    Component: (await import('./webhooks/webhook-page.tsx')).WebhookPage,
  }),
}

/** The addresses of some sections: their own page, and the pages deeper within. */
function routesOf(wanted: (section: (typeof sections)[number]) => boolean): RouteObject[] {
  return sections.filter(wanted).flatMap(({ name, path }) => [
    { path, lazy: pages[name] },
    ...Object.entries(deeper)
      .filter(([address]) => path !== '/' && address.startsWith(`${path}/`))
      .map(([address, lazy]): RouteObject => ({ path: address, lazy })),
  ])
}

/** Every address of the portal for developers, below `/developers`. */
export const router = createBrowserRouter(
  [
    {
      Component: Layout,
      HydrateFallback: () => null,
      children: [
        {
          ErrorBoundary: PageFailure,
          children: [
            ...routesOf(section => section.isOpen),
            { Component: ForSignedIn, children: routesOf(section => !section.isOpen) },
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ],
  { basename: '/developers' },
)
