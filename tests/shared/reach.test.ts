import { it } from 'vitest'
import { common, type Reach } from '@app/shared/reach'

const grids = (...ids: string[]) => ({ within: 'grids', ids }) as Reach
const communities = (...ids: string[]) => ({ within: 'communities', ids }) as Reach
const enterprise = (id: string) => ({ within: 'enterprise', ids: [id] }) as Reach
const street: Reach = { within: 'street' }

it('takes of two reaches what is certainly within both', ({ expect }) => {
  for (const [one, other, both] of [
    [street, street, street],
    [street, grids('a'), grids('a')],
    [communities('x', 'y'), street, communities('x', 'y')],
    [grids('a', 'b'), grids('b', 'c'), grids('b')],
    [communities('x'), communities('y'), communities()],
    [enterprise('e'), enterprise('e'), enterprise('e')],
    [enterprise('e'), enterprise('f'), grids()],
    [communities('x'), grids('x'), communities()],
    [grids('x'), communities('x'), grids()],
    [grids('a'), enterprise('a'), grids()],
  ] as const)
    expect(common(one, other)).toEqual(both)
})
