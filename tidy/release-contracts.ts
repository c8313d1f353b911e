import { writeFile } from 'node:fs/promises'
import { snapshot } from '../contracts/released/snapshot.ts'

/** `npm run release-contracts`: writes down what this release promises. To be run when a release is made, and then alone. */

const { operations, events } = snapshot()
const lines = (entries: object) =>
  Object.entries(entries)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => `${JSON.stringify(name)}: ${JSON.stringify(entry)}`)
    .join(',\n')
const text = `{"operations": {\n${lines(operations)}\n},\n"events": {\n${lines(events)}\n}}\n`
await writeFile(new URL('../contracts/released/released.json', import.meta.url), text)
