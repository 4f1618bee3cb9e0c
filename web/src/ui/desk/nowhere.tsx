import { NothingHere } from '../states'

/** An address below the desk that leads nowhere, or to somebody else's tenant. */
export function Nowhere() {
  return (
    <>
      <title>没有找到 - 治本</title>
      <NothingHere />
    </>
  )
}
