import { resolve } from 'node:path'
import { suite } from 'node:test'
import { pathToFileURL } from 'node:url'

/** Runs the test files that it is given in one process, one after another, each as a suite with hooks of its own. */
for (const file of process.argv.slice(2))
  suite(file, async () => {
    await import(pathToFileURL(resolve(file)).href)
  })
