import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { catchUp, startClock } from './clock'
import { openControl, runningAt } from './control'
import { demoAccounts, demoPassword } from './demo/accounts'
import { closeLast, end, endWithParent } from './lifetime'
import { dataFolder } from './place'
import { prepare, withoutDemo } from './prepare'
import { type Product, openProduct } from './product'

const host = process.env['HOST'] ?? '127.0.0.1'
const port = Number(process.env['PORT'] ?? 8787)
const address = `http://${['127.0.0.1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host}:${port}`

endWithParent()
try {
  const other = await runningAt()
  if (other)
    throw new Error(`系统已在运行：${other}（数据目录 ${dataFolder}）。请先停止它，或用 ZHIBEN_DATA 另指一个数据目录。`)
  await refuseTakenPort()
  await prepare('all')
  const token = randomBytes(32).toString('base64url')
  const product = await openProduct(dataFolder, { host, port }, withoutDemo ? { SETUP_TOKEN: token } : {})
  closeLast(() => product.close())
  closeLast(await openControl(product, address))
  await catchUp(product)
  closeLast(startClock(product))
  if (withoutDemo) await welcome(product, token)
  else greet()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await end(1)
}

async function refuseTakenPort(): Promise<void> {
  const probe = createServer().listen(port, host)
  try {
    await once(probe, 'listening')
  } catch {
    throw new Error(`端口 ${port} 无法使用（可能已被占用）。请先关闭占用它的程序，或换一个端口：PORT=8788 npm start`)
  }
  probe.close()
  await once(probe, 'close')
}

/** What an empty deployment says: where its first operator is made, as long as there is none. */
async function welcome({ directory }: Product, token: string): Promise<void> {
  const made = await directory
    .prepare('select (select count(*) from setups) + (select count(*) from operators) as made')
    .first<number>('made')
  console.log(`
治本 已启动（无演示数据）：${address}
${made ? '平台运维账号已建立，请直接登录。' : `\n请打开下面的一次性链接，建立第一个平台运维账号：\n  ${address}/setup#${token}`}

数据目录：${dataFolder}
按 Ctrl+C 停止。`)
}

function greet(): void {
  const width = Math.max(...demoAccounts.map(({ username }) => username.length))
  console.log(`
治本 已启动：${address}

演示账号（密码均为 ${demoPassword}）：
${demoAccounts.map(({ username, post }) => `  ${username.padEnd(width)}  ${post}`).join('\n')}

数据目录：${dataFolder}（删除它即恢复初始演示数据）
同一网络中的手机须经 https 访问：浏览器只在 https 下允许拍照、离线填报和登录 Cookie，请在前面放一个带证书的反向代理。
按 Ctrl+C 停止。`)
}
