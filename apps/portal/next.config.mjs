import { fileURLToPath } from 'node:url'
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from 'next/constants.js'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `tsc --noEmit -p apps/portal` is the check; Next does not know the compiler that the repository uses.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  transpilePackages: ['@azora/ui', '@azora/web', '@azora/contracts', '@azora/credential'],
  // Where the reference stood before the developers had a portal of their own.
  redirects: async () => [{ source: '/reference', destination: '/developers/reference', permanent: true }],
  // The gateway compresses every answer.
  compress: false,
  // The repository's root, where the workspaces and their packages are.
  turbopack: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    // What the contracts say of the routes, written below: no contract and no Zod travels to the browser.
    resolveAlias: {
      'virtual:azora-routes': './dist/routes.js',
      'virtual:azora-account-routes': './dist/account-routes.js',
    },
  },
  outputFileTracingRoot: fileURLToPath(new URL('../..', import.meta.url)),
}

export default async function portalConfig(phase) {
  if (phase === PHASE_PRODUCTION_BUILD || phase === PHASE_DEVELOPMENT_SERVER) {
    const { writeRouteTables } = await import('./build/route-tables.ts')
    await writeRouteTables()
  }
  return config
}
