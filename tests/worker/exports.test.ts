import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { PhotoId } from '@app/shared/ids'
import { aCrew, closed, filed } from './course'
import { asked, downloaded, made, unpacked } from './packages'
import { png } from './pictures'
import { aDistrict, aStreet } from './street'

async function aBusyStreet() {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  for (let n = 0; n < 3; n++) await closed(street, crew)
  const photo = await street.photo(crew.grid)
  await filed(street, crew.grid, { photos: [photo as PhotoId] })
  for (const folder of ['photos', 'thumbs']) {
    await env.EVIDENCE.put(`streets/${street.id}/${folder}/${photo}`, await png(20, 20), {
      httpMetadata: { contentType: 'image/jpeg' },
      customMetadata: { kept: folder },
    })
  }
  return { district, street, crew, photo }
}

describe('a package', () => {
  it('holds the whole street', async ({ expect }) => {
    const { street, crew, photo } = await aBusyStreet()
    const { id, passphrase, response } = await asked(street.id, crew.admin)
    expect(await response.json()).toEqual({ id })
    expect(response.status).toBe(201)
    await made(street.id, id)
    const zip = await downloaded(street.id, id, crew.admin)
    const { manifest, opened, files } = await unpacked(zip, passphrase)
    console.log(JSON.stringify(manifest, null, 1))
    for (const [path, text] of opened) console.log(path, text.slice(0, 200))
    console.log(new TextDecoder().decode(files.get('rows/hazard_events/00001.jsonl')).slice(0, 1000))
    expect(files.has(`objects/photos/${photo}`)).toBe(true)
  })
})
