import { useState } from 'react'

/** A picture, or words in its place where it cannot be had. */
export function Image({ src, alt }: { src: string; alt: string }) {
  const [missing, setMissing] = useState(false)
  if (missing) return <span className="m-missing">照片未能加载</span>
  return <img src={src} alt={alt} loading="lazy" decoding="async" onError={() => setMissing(true)} />
}
