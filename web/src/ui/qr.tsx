import { useEffect, useState } from 'react'

/** A QR code as a drawing; `label` says what scanning it does. */
export function Qr({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ path: string; size: number } | null>(null)
  useEffect(() => {
    let shown = true
    async function draw() {
      const { encode } = await import('uqr')
      const { data, size } = encode(text, { ecc: 'M', border: 4 })
      const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
      if (shown) setDrawn({ path, size })
    }
    void draw()
    return () => {
      shown = false
    }
  }, [text])
  if (!drawn) return <p role="status">正在生成二维码…</p>
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${drawn.size} ${drawn.size}`}
      width="208"
      height="208"
      shapeRendering="crispEdges"
      style={{ background: '#fff', maxWidth: '100%' }}
    >
      <path d={drawn.path} fill="#000" />
    </svg>
  )
}
