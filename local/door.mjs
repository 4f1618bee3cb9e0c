// The worker that listens on the public port of the local product. The runtime's own front has doors for development
// (it would hand out every object of the bucket under /cdn-cgi/local/r2); behind this one there is only the product.
const compressible = /^(text\/|image\/svg|application\/([\w.+-]*json|javascript|xml|manifest\+json|wasm))/

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/cdn-cgi/') || pathname.startsWith('/__cf_local/'))
      return new Response(null, { status: 404 })

    const inner = new Request(request)
    // In production the edge says who calls. Here a proxy that stands in front may, and nobody else.
    if (!env.BEHIND_PROXY) inner.headers.set('cf-connecting-ip', '127.0.0.1')
    return packed(await env.PRODUCT.fetch(inner), request.headers.get('accept-encoding') ?? '')
  },
}

/** As the edge would send it: the runtime compresses the body when the header says so. */
function packed(response, accepted) {
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
  const plain = response.body && response.status === 200 && !response.headers.has('content-encoding')
  if (!encoding || !plain || !compressible.test(response.headers.get('content-type') ?? '')) return response
  const copy = new Response(response.body, response)
  copy.headers.set('content-encoding', encoding)
  copy.headers.append('vary', 'accept-encoding')
  copy.headers.delete('content-length')
  return copy
}
