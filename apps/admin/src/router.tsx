import { NotFound, PageFailure } from '@azora/web/shell/page-failure.tsx'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { sections } from './sections.ts'
import { Layout } from './shell/layout.tsx'

type Name = (typeof sections)[number]['name']

/** The page of each section, loaded when it is opened. */
const pages: Record<Name, NonNullable<RouteObject['lazy']>> = {
  overview: async () => ({ Component: (await import('./overview/overview-page.tsx')).OverviewPage }),
  people: async () => ({ Component: (await import('./people/people-page.tsx')).PeoplePage }),
  invitations: async () => ({
    Component: (await import('./invitations/invitations-page.tsx')).InvitationsPage,
  }),
  offices: async () => ({ Component: (await import('./offices/offices-page.tsx')).OfficesPage }),
  courses: async () => ({ Component: (await import('./courses/courses-page.tsx')).CoursesPage }),
  payments: async () => ({ Component: (await import('./payments/payments-page.tsx')).PaymentsPage }),
  ledger: async () => ({ Component: (await import('./ledger/ledger-page.tsx')).LedgerPage }),
  plans: async () => ({ Component: (await import('./plans/plans-page.tsx')).PlansPage }),
  revenue: async () => ({ Component: (await import('./revenue/revenue-page.tsx')).RevenuePage }),
  bundles: async () => ({ Component: (await import('./bundles/bundles-page.tsx')).BundlesPage }),
  institutions: async () => ({
    Component: (await import('./institutions/institutions-page.tsx')).InstitutionsPage,
  }),
  coupons: async () => ({ Component: (await import('./coupons/coupons-page.tsx')).CouponsPage }),
  audit: async () => ({ Component: (await import('./audit/audit-page.tsx')).AuditPage }),
  privacy: async () => ({ Component: (await import('./privacy/privacy-page.tsx')).PrivacyPage }),
  events: async () => ({ Component: (await import('./events/events-page.tsx')).EventsPage }),
  schools: async () => ({ Component: (await import('./schools/schools-page.tsx')).SchoolsPage }),
  settings: async () => ({ Component: (await import('./settings/settings-page.tsx')).SettingsPage }),
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
            ...sections.map(({ name, path }): RouteObject => ({ path, lazy: pages[name] })),
            {
              path: '/payments/invoices',
              lazy: async () => ({ Component: (await import('./payments/invoices-page.tsx')).InvoicesPage }),
            },
            {
              path: '/payments/tax',
              lazy: async () => ({ Component: (await import('./payments/tax-page.tsx')).TaxPage }),
            },
            {
              path: '/institutions/receivables',
              lazy: async () => ({
                Component: (await import('./institutions/receivables-page.tsx')).ReceivablesPage,
              }),
            },
            {
              path: '/institutions/:institutionId',
              lazy: async () => ({
                Component: (await import('./institutions/institution-page.tsx')).InstitutionPage,
              }),
            },
            {
              path: '/people/:userId',
              lazy: async () => ({ Component: (await import('./people/person-page.tsx')).PersonPage }),
            },
            {
              path: '/ledger/accounts/:accountId',
              lazy: async () => ({ Component: (await import('./ledger/account-page.tsx')).AccountPage }),
            },
            {
              path: '/ledger/bookings/:bookingId',
              lazy: async () => ({ Component: (await import('./ledger/booking-page.tsx')).BookingPage }),
            },
            {
              path: '/payments/subscriptions',
              lazy: async () => ({
                Component: (await import('./payments/subscription-payments-page.tsx'))
                  .SubscriptionPaymentsPage,
              }),
            },
            {
              path: '/payments/seats',
              lazy: async () => ({ Component: (await import('./payments/seats-page.tsx')).SeatsPage }),
            },
            {
              path: '/payments/requests',
              lazy: async () => ({ Component: (await import('./payments/requests-page.tsx')).RequestsPage }),
            },
            {
              path: '/payments/disputes',
              lazy: async () => ({ Component: (await import('./payments/disputes-page.tsx')).DisputesPage }),
            },
            {
              path: '/payments/reconciliation',
              lazy: async () => ({
                Component: (await import('./payments/reconciliation-page.tsx')).ReconciliationPage,
              }),
            },
            {
              path: '/payments/exchange-rates',
              lazy: async () => ({
                Component: (await import('./payments/exchange-rates-page.tsx')).ExchangeRatesPage,
              }),
            },
            {
              path: '/payments/settings',
              lazy: async () => ({
                Component: (await import('./payments/sale-settings-page.tsx')).SaleSettingsPage,
              }),
            },
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ],
  { basename: '/admin' },
)
