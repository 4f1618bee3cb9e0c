// `npm run export-trial`: every street of the demonstration leaves with its package, is taken in by an empty deployment,
// and leaves from there again; the two packages of each are compared. Prints what was carried, and `0 differences`.
import { packed } from './trials/packed'

const finding = await packed.try()
for (const [name, value] of Object.entries(finding)) console.log(`${name.padEnd(24)} ${JSON.stringify(value)}`)
console.log(`${String(finding['differences'])} differences`)
process.exit(finding.held ? 0 : 1)
