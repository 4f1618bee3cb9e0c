// Runs before anything is installed, on whatever Node there is: built-ins only.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const marker = 'node_modules/.package-lock.json'
if (!existsSync(marker) || statSync('package-lock.json').mtimeMs > statSync(marker).mtimeMs) {
  console.log('正在安装依赖（npm ci）……')
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

// What an older version of this file did not know is added; what is there stays as it is.
const kept = existsSync('.dev.vars') ? readFileSync('.dev.vars', 'utf8') : ''
const names = new Set(kept.split('\n').map((line) => line.split('=')[0]))
const missing = readFileSync('.dev.vars.example', 'utf8')
  .split('\n')
  .filter((line) => line.includes('=') && !names.has(line.split('=')[0]))
  .map((line) => line.replace('GENERATED', () => randomBytes(32).toString('base64url')))
if (missing.length > 0) {
  const before = kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`
  writeFileSync('.dev.vars', `${before}${missing.join('\n')}\n`, { mode: 0o600 })
  console.log('已生成本机密钥 .dev.vars')
}
