// `node local/run.mjs start` runs local/start.ts: Node strips the types itself.
import module from 'node:module'
import { pathToFileURL } from 'node:url'

if (!module.registerHooks) {
  console.error(
    `需要 Node 24，现在是 ${process.version}。请通过 npm 脚本运行（如 npm start），它会使用随依赖安装的 Node。`,
  )
  process.exit(1)
}

const ours = new URL('..', import.meta.url).href
module.registerHooks({
  resolve(specifier, context, next) {
    const from = context.parentURL ?? ''
    const bare = /^\.\.?\//.test(specifier) && !/\.\w+$/.test(specifier)
    // Sources name each other without the extension that bundlers find by themselves.
    return next(
      bare && from.startsWith(ours) && !from.includes('/node_modules/') ? `${specifier}.ts` : specifier,
      context,
    )
  },
})

// Read when the tools are imported, so set before: no look-ups, no telemetry, no banner, no store of every request.
Object.assign(process.env, {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  X_LOCAL_EXPLORER: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
})
// What wrangler says of itself while it is read as a library; its commands set their own.
process.env.WRANGLER_LOG ??= 'error'

// The command sees its own arguments only.
const [command = ''] = process.argv.splice(2, 1)
if (!/^[a-z-]+$/.test(command)) {
  console.error('用法：node local/run.mjs <命令>，命令见 package.json 的 scripts。')
  process.exit(1)
}
await import(pathToFileURL(`${import.meta.dirname}/${command}.ts`).href)
