import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { UserConfig } from 'vite'
import { contractTablesPlugin } from './contract-tables.ts'
import { earlyTheme } from './early-theme.ts'
import { precompress } from './precompress.ts'

/** How an application is built that the gateway serves below `base`, such as `/admin/`. */
export function appConfig(base: `/${string}/`): UserConfig {
  return {
    base,
    plugins: [contractTablesPlugin(), react(), tailwindcss(), earlyTheme(base), precompress()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      sourcemap: false,
      // The policy allows pictures within the page, and nothing else: fonts and scripts are files.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  }
}
