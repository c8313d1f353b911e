import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const worthBytes = 1024

/** Puts `.br` and `.gz` beside every script and style, made once and thoroughly instead of at each request. */
export function precompress(): Plugin {
  return {
    name: 'azora-precompress',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          const text = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          if (!/\.(?:js|css|svg|json)$/.test(name) || text.length < worthBytes) continue
          const small = await brotli(text, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
          })
          this.emitFile({ type: 'asset', fileName: `${name}.br`, source: small })
          this.emitFile({ type: 'asset', fileName: `${name}.gz`, source: await zip(text, { level: 9 }) })
        }
      },
    },
  }
}
