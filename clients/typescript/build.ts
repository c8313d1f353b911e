import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { entryFile } from './generate/entry-file.ts'

/**
 * Builds the package into `dist`, here or in the copy of the package that is named: the entry written from the contracts,
 * and the sources, compiled one by one.
 */

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = resolve(process.argv[2] ?? here, 'dist')
// Within the package, whose package.json tells the compiler that these are ES modules.
const sources = resolve(dist, 'sources')

rmSync(dist, { recursive: true, force: true })
mkdirSync(sources, { recursive: true })
cpSync(`${here}src`, sources, { recursive: true, filter: path => !path.endsWith('.test.ts') })
writeFileSync(`${sources}/azora.ts`, entryFile())
writeFileSync(
  `${sources}/tsconfig.json`,
  JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      // The web platform alone: nothing of Node may slip in.
      types: [],
      module: 'nodenext',
      strict: true,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      outDir: dist,
      rootDir: sources,
    },
    include: ['*.ts'],
    exclude: [],
  }),
)
const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')))
execFileSync(process.execPath, [tsc, '-p', sources], { stdio: 'inherit' })
rmSync(sources, { recursive: true })
