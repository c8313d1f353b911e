import { AsyncResource } from 'node:async_hooks'
import { resolve } from 'node:path'
import { suite } from 'node:test'
import { pathToFileURL } from 'node:url'

/**
 * Runs the test files that it is given in one process, one after another, each as a suite with hooks of its own. They are
 * loaded one at a time: of files that wait for the same module, all would belong to the suite that asked for it first.
 */
let loaded: Promise<unknown> = Promise.resolve()
for (const file of process.argv.slice(2))
  suite(file, () => {
    // Node finds the suite of a test by what began it, and would take that for the file before.
    const here = new AsyncResource('TestFile')
    const load = () => here.runInAsyncScope(() => import(pathToFileURL(resolve(file)).href))
    const mine = loaded.then(load)
    loaded = mine.catch(() => {}) // told of this file; the next ones go on
    return mine
  })
