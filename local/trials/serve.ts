import { catchUp, startClock } from '../clock'
import { openControl } from '../control'
import { closeLast, end, endWithParent } from '../lifetime'
import { dataFolder } from '../place'
import { prepare } from '../prepare'
import { openProduct } from '../product'

/** Makes a data folder ready for trials: bundle, databases, demonstration. Runs in a process of its own. */
export async function makeReady(): Promise<void> {
  endWithParent()
  await prepare('bundle')
  await end(0)
}

/**
 * Serves a data folder that is ready, as `npm start` does it but for the building: a trial that kills it must not also
 * wait for, or depend on, the client's build. Runs in a process of its own.
 */
export async function serve(port: number, vars: Record<string, string>): Promise<void> {
  endWithParent()
  const product = await openProduct(dataFolder, { host: '127.0.0.1', port }, vars)
  closeLast(() => product.close())
  closeLast(await openControl(product, `http://127.0.0.1:${port}`))
  await catchUp(product)
  closeLast(startClock(product))
  console.log('open')
}
