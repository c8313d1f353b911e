import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
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
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  outputFileTracingRoot: fileURLToPath(new URL('../..', import.meta.url)),
}
