import type { Plugin } from 'vite'
import { themeCookie } from '../theme.ts'

const source = `(function () {
  var chosen = /(?:^|; )${themeCookie}=(light|dark)(?:;|$)/.exec(document.cookie)
  if (chosen) document.documentElement.dataset.theme = chosen[1]
})()
`

/**
 * Puts a small script before everything else that sets the chosen theme, so that the page never flashes. A file,
 * because the content security policy forbids scripts within the page.
 */
export function earlyTheme(base: string): Plugin {
  return {
    name: 'azora-early-theme',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'asset', name: 'theme.js', source })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, server }) {
        if (server) return []
        const file = Object.keys(bundle ?? {}).find(name => /theme-[\w-]+\.js$/.test(name))
        if (!file) throw new Error('The script of the theme is not among the built files.')
        return [
          {
            tag: 'script',
            attrs: { src: `${base}${file}` },
            injectTo: 'head-prepend',
          },
        ]
      },
    },
  }
}
