// Tries acceptance figures at full size: `npm run trials -- R1 R12`, all of them without a name, `--list` to see which.
// One JSON line for each; not part of `npm test`, since it takes minutes.
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  options: {
    list: { type: 'boolean' },
    ready: { type: 'boolean' },
    serve: { type: 'string' },
    vars: { type: 'string', default: '{}' },
  },
  allowPositionals: true,
})

if (values.ready || values.serve !== undefined) {
  // What trials start in processes of their own, to kill them.
  const { makeReady, serve } = await import('./trials/serve')
  // Safe: the trial that starts it writes them so.
  const vars = JSON.parse(values.vars) as Record<string, string>
  await (values.ready ? makeReady() : serve(Number(values.serve), vars))
} else {
  const { figures } = await import('./trials/figures')
  const named = ({ name }: { name: string }) =>
    positionals.length === 0 || [name, ...name.split('+')].some((part) => positionals.includes(part))
  const unknown = positionals.filter(
    (name) => !figures.some((one) => [one.name, ...one.name.split('+')].includes(name)),
  )
  if (unknown.length > 0) {
    console.error(`没有这个指标：${unknown.join('、')}。可选：${figures.map(({ name }) => name).join('、')}`)
    process.exit(1)
  }
  if (values.list) {
    for (const { name, figure } of figures) console.log(`${name.padEnd(6)} ${figure}`)
    process.exit(0)
  }
  let code = 0
  for (const one of figures.filter(named)) {
    const { name, figure } = one
    const started = performance.now()
    const finding = await one.try().catch((error: unknown) => ({
      held: false,
      error: error instanceof Error ? error.message : String(error),
    }))
    if (!finding.held) code = 1
    const seconds = Math.round((performance.now() - started) / 100) / 10
    console.log(JSON.stringify({ name, figure, ...finding, seconds }))
  }
  process.exit(code)
}
