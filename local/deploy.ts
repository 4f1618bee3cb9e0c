// Checks, migrates the remote databases, deploys. `wrangler login` and the ids in wrangler.toml come first.
import { spawnSync } from 'node:child_process'
import { root } from './place'
import { config } from './product'

const unset = config.d1_databases.filter(({ database_id }) => /^[0-]+\d?$/.test(database_id))
if (unset.length > 0) {
  const names = unset.map(({ database_name }) => database_name)
  console.error(
    `请先创建数据库，并把编号填入 wrangler.toml：\n${names.map((name) => `  npx wrangler d1 create ${name}`).join('\n')}`,
  )
  process.exit(1)
}

const steps = [
  ['检查', 'npm run check'],
  ['构建', 'npm run build'],
  ...config.d1_databases.map(({ database_name: name }) => [
    `迁移 ${name}`,
    `wrangler d1 migrations apply ${name} --remote`,
  ]),
  ['部署', 'wrangler deploy'],
] as const
for (const [at, [name, command = '']] of steps.entries()) {
  console.log(`\n[${at + 1}/${steps.length}] ${name}：${command}`)
  const { status } = spawnSync(command, {
    cwd: root,
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, WRANGLER_LOG: 'log' },
  })
  if (status !== 0) {
    console.error(`${name}失败，部署中止。`)
    process.exit(status ?? 1)
  }
}
